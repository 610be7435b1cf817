import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { UnsupportedMediaType } from '../../src/index.js'

/** Accepts JSON only. Without it, Nest would also parse forms, and ignore bodies of any other type. */
export class JsonGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<IncomingMessage>()
    if (/^application\/json[\t ]*(;|$)/i.test(headers['content-type'] ?? '')) return true
    throw new UnsupportedMediaType('Send JSON with Content-Type: application/json.', {
      accept: 'application/json',
    })
  }
}
