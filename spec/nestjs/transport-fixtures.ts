import type { CanActivate } from '@nestjs/common'
import { Forbidden } from '../../src/index.js'

// What the specs of GraphQL, messages and WebSockets have in common.

/** What no client may ever read. */
export const SECRET = 'hunter2'

/** A guard that says no in the words of Nest. */
export class Refusing implements CanActivate {
  canActivate(): boolean {
    return false
  }
}

/** One that says why. */
export class Throwing implements CanActivate {
  canActivate(): boolean {
    throw new Forbidden('Not with this key.')
  }
}

/** What JSON has no place for. */
export const circular: Record<string, unknown> = { copies: 7n }
circular['self'] = circular
