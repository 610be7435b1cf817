import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { Unauthorized } from '../../src/index.js'

/** A single token for all members, since this is an example. */
export const MEMBERS_TOKEN = 'reading-lamp'

/** Accepts requests with the token of the members (RFC 6750). */
export class MemberGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { authorization } = context.switchToHttp().getRequest<IncomingMessage>().headers
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) {
      throw new Unauthorized('For members only: send your token.', { challenge: 'Bearer realm="members"' })
    }
    if (!isMembersToken(token)) {
      throw new Unauthorized('This token is not valid.', {
        challenge: { scheme: 'Bearer', realm: 'members', error: 'invalid_token' },
      })
    }
    return true
  }
}

/** Compares in constant time, so that the token cannot be guessed from response times. */
function isMembersToken(token: string): boolean {
  return timingSafeEqual(digest(token), digest(MEMBERS_TOKEN))
}

/** `timingSafeEqual` requires values of the same length. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
