import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { UnsupportedMediaType } from '../../src/index.js'

/** Lets pass what says that it is JSON: Nest takes forms as well, and of anything else it reads nothing. */
export class JsonGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<IncomingMessage>()
    if (/^application\/json[\t ]*(;|$)/i.test(headers['content-type'] ?? '')) return true
    throw new UnsupportedMediaType('Send JSON, and say so: Content-Type: application/json.', {
      accept: 'application/json',
    })
  }
}
