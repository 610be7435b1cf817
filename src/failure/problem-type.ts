import { DEEPEST_CLASS } from './class-depth.js'

/**
 * The members of a problem that are the same for every occurrence. A failure class sets them in `static problem`; members
 * that it leaves out are inherited. RFC 9457, 4
 *
 * @example
 * ```ts
 * class OutOfStock extends Conflict {
 *   static override readonly problem: ProblemType = {
 *     type: 'https://bookshop.example/problems/out-of-stock',
 *     title: 'Out of stock',
 *     code: 'OUT_OF_STOCK',
 *   }
 * }
 * ```
 */
export interface ProblemType {
  /** A URI that identifies the problem type, absolute or relative to `typeBase`. Default: `'about:blank'`. RFC 9457, 3.1.1 */
  readonly type?: string | undefined
  /** A short summary. Default: the phrase of the status. RFC 9457, 3.1.3 */
  readonly title?: string | undefined
  /** A machine-readable code, sent as the extension member `code`. Default: none. */
  readonly code?: string | undefined
}

/** The problem type of the base class. */
export const BASE_PROBLEM: ProblemType = {}

/** A member of `static problem`, of the class of a failure or the nearest class above it that sets the member. */
export function problemTypeMember(failure: object, name: keyof ProblemType): string | undefined {
  let declaring: unknown
  try {
    declaring = failure.constructor
  } catch {
    // A failure may shadow it with an accessor that throws.
    return undefined
  }
  for (let level = 0; typeof declaring === 'function' && level < DEEPEST_CLASS; level++) {
    const { problem } = declaring as { readonly problem?: ProblemType }
    const value = problem !== undefined && Object.hasOwn(problem, name) ? problem[name] : undefined
    // Most classes inherit the empty problem type of the base class.
    if (value !== undefined || problem === BASE_PROBLEM) return value
    declaring = Object.getPrototypeOf(declaring)
  }
  return undefined
}
