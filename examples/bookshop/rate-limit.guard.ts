import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { TooManyRequests } from '../../src/index.js'

export const REQUESTS_PER_WINDOW = 3
const WINDOW_IN_SECONDS = 10

/** Lets every client ask three times in ten seconds. */
export class RateLimitGuard implements CanActivate {
  private end = 0
  private requests = new Map<string, number>()

  canActivate(context: ExecutionContext): true {
    this.renewWindow()
    const client = context.switchToHttp().getRequest<IncomingMessage>().socket.remoteAddress ?? 'unknown'
    const requests = (this.requests.get(client) ?? 0) + 1
    this.requests.set(client, requests)
    if (requests > REQUESTS_PER_WINDOW) {
      throw new TooManyRequests(`${REQUESTS_PER_WINDOW} recommendations in ${WINDOW_IN_SECONDS} seconds are enough.`, {
        retryAfter: (this.end - Date.now()) / 1000,
      })
    }
    return true
  }

  /** Counts from the first request on, and forgets all clients at the end: there is nothing left to clean up. */
  private renewWindow(): void {
    if (Date.now() < this.end) return
    this.end = Date.now() + WINDOW_IN_SECONDS * 1000
    this.requests.clear()
  }
}
