import type { Failure } from '../failure/failure.js'
import { isFailure } from '../failure/is-failure.js'
import { ABOUT_BLANK } from '../problem/problem-details.js'
import { uriReference } from '../problem/uri-reference.js'

/** A class that a Failure can be restored to. Its constructor doesn't run, so it may have any parameters. */
export interface RestorableClass extends Function {
  readonly prototype: Failure
}

/**
 * The class with a problem type. Both types are resolved against the same base, so that a relative type matches whatever
 * the base of the server is.
 */
export function classByType(
  type: string,
  classes: readonly RestorableClass[],
  base: string,
): RestorableClass | undefined {
  const sought = resolved(type, base)
  // RFC 9457, 4.2.1: about:blank has no meaning beyond the status.
  if (sought === ABOUT_BLANK) return undefined
  return classes.find((known) => {
    const own = typeOf(known)
    return own !== undefined && resolved(own, base) === sought
  })
}

/** A received type as a member of the restored failure: a relative one is resolved, if the base is known. RFC 9457, 3.1.1 */
export function receivedType(type: string, base: string): string {
  if (URL.canParse(type) || base === '' || !URL.canParse(type, base)) return type
  const document = new URL(base)
  // The type is sent on, and these may be secrets.
  Object.assign(document, { username: '', password: '', search: '', hash: '' })
  return new URL(type, document).href
}

/** RFC 9457, 3.1.1; without a base, a relative type is compared unresolved. */
function resolved(type: string, base: string): string {
  const absolute = base === '' ? undefined : base
  return URL.canParse(type, absolute) ? new URL(type, absolute).href : (uriReference(type) ?? type)
}

/** The type of a class; `undefined` if it isn't a failure class, or its accessor needs an instance. */
function typeOf(known: RestorableClass): string | undefined {
  try {
    const { prototype } = known
    return isFailure(prototype) && typeof prototype.type === 'string' ? prototype.type : undefined
  } catch {
    return undefined
  }
}
