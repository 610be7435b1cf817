import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { TooManyRequests } from '../../src/index.js'

export const REQUESTS_PER_WINDOW = 3
const WINDOW_IN_SECONDS = 10

/** Accepts three requests per client in ten seconds. */
export class RateLimitGuard implements CanActivate {
  private end = 0
  private requests = new Map<string, number>()

  canActivate(context: ExecutionContext): true {
    this.renewWindow()
    const client = context.switchToHttp().getRequest<IncomingMessage>().socket.remoteAddress ?? 'unknown'
    const requests = (this.requests.get(client) ?? 0) + 1
    this.requests.set(client, requests)
    if (requests > REQUESTS_PER_WINDOW) {
      throw new TooManyRequests(
        `The limit is ${REQUESTS_PER_WINDOW} recommendations in ${WINDOW_IN_SECONDS} seconds.`,
        {
          retryAfter: (this.end - Date.now()) / 1000,
        },
      )
    }
    return true
  }

  /** A window starts with its first request. When it has ended, the counts of all clients are cleared. */
  private renewWindow(): void {
    if (Date.now() < this.end) return
    this.end = Date.now() + WINDOW_IN_SECONDS * 1000
    this.requests.clear()
  }
}
