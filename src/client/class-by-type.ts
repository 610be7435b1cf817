import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { ABOUT_BLANK } from '../problem/problem-details.js'
import { uriReference } from '../problem/uri-reference.js'

/** A class of which a Failure can be restored; its constructor, which does not run, may take anything. */
export interface RestorableClass extends Function {
  readonly prototype: Failure
}

/**
 * The class that has the type of a problem, both resolved against the same base, so that a server and a client that
 * share a class with a relative type need not agree on a base.
 */
export function classByType(
  type: string,
  classes: readonly RestorableClass[],
  base: string,
): RestorableClass | undefined {
  const sought = resolved(type, base)
  // RFC 9457, 4.2.1: it says no more than the status does.
  if (sought === ABOUT_BLANK) return undefined
  return classes.find((known) => {
    const own = typeOf(known)
    return own !== undefined && resolved(own, base) === sought
  })
}

/** RFC 9457, 3.1.1; where there is no base, a relative type is compared as it is sent. */
function resolved(type: string, base: string): string {
  const absolute = base === '' ? undefined : base
  return URL.canParse(type, absolute) ? new URL(type, absolute).href : (uriReference(type) ?? type)
}

/** The type that a class states; `undefined` for what is no class of failures, or needs an instance to tell. */
function typeOf(known: RestorableClass): string | undefined {
  try {
    const { prototype } = known
    return isFailure(prototype) && typeof prototype.type === 'string' ? prototype.type : undefined
  } catch {
    return undefined
  }
}
