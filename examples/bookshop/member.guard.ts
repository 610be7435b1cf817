import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { Unauthorized } from '../../src/index.js'

/** The token of every member: this is an example. */
export const MEMBERS_TOKEN = 'reading-lamp'

/** Lets members pass: those who bring the token. RFC 6750 */
export class MemberGuard implements CanActivate {
  canActivate(context: ExecutionContext): true {
    const { authorization } = context.switchToHttp().getRequest<IncomingMessage>().headers
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) {
      throw new Unauthorized('This is for members: bring your token.', { challenge: 'Bearer realm="members"' })
    }
    if (!isMembersToken(token)) {
      throw new Unauthorized('This token is not valid.', {
        challenge: { scheme: 'Bearer', realm: 'members', error: 'invalid_token' },
      })
    }
    return true
  }
}

/** Takes as long for a token that is nearly right as for any other, so that nobody can feel their way to it. */
function isMembersToken(token: string): boolean {
  return timingSafeEqual(digest(token), digest(MEMBERS_TOKEN))
}

/** Of the same length for every token, which the comparison asks for. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
