import type { CanActivate } from '@nestjs/common'
import { Forbidden } from '../../src/index.js'

// Shared by the specs of HTTP, GraphQL, microservices and WebSockets.

/** A secret that must never reach a client. */
export const SECRET = 'hunter2'

/** A guard that returns `false`, for which Nest throws a ForbiddenException. */
export class Refusing implements CanActivate {
  canActivate(): boolean {
    return false
  }
}

/** A guard that throws a failure. */
export class Throwing implements CanActivate {
  canActivate(): boolean {
    throw new Forbidden('Not with this key.')
  }
}

/** A value that JSON.stringify rejects: it contains a bigint and itself. */
export const circular: Record<string, unknown> = { copies: 7n }
circular['self'] = circular
