import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-for.js'
import { parseProblem } from '../problem/parse-problem.js'
import { classByType } from './class-by-type.js'
import { problemText } from './problem-text.js'
import { restoredFailure } from './restored-failure.js'
import { restoredMembers } from './restored-members.js'
import { checkedRestoring, type RestoringOptions, unfit } from './restoring-options.js'

/**
 * What {@link failureFrom} can be told.
 *
 * @example const failure = await failureFrom(response, { classes: [OutOfStock], limit: 10_000 })
 */
export interface FailureFromOptions extends RestoringOptions {
  /** The absolute URL against which relative types are resolved. Default: the URL of the response. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
  /** How many bytes of a body are read at most; a larger one is left aside. Default: 1 MiB. */
  readonly limit?: number | undefined
}

/**
 * The Failure that a response reports: of the class among `classes` that has the type of the problem, else of the class
 * that has the status of the response.
 *
 * What the answer says is restored leniently, as RFC 9457, 3.1 demands: detail, instance, the `@Extension()` fields
 * of the class (a value that does not fit the schema of its field is left out), other members in `extensions`, header
 * fields in `headers`, and `Retry-After` in `retryAfter`. The status is always that of the response. A body that is no
 * JSON, empty, cut off, already read or too large says nothing, and the Failure is made of the status and the header
 * fields. The body is used up: to read it as well, pass `response.clone()`.
 *
 * The constructor of a class does not run, so fields that are not marked with `@Extension()`, initialisers and
 * `#private` fields are not restored.
 *
 * Do not rethrow to your own client what another service has answered to you. Its 401 asks for *your* credentials, its
 * 404 says nothing of *your* resource, and its details were written for you. Your client has met a bad gateway, and the
 * Failure is the cause, which is logged and never sent:
 *
 * @example
 * ```ts
 * const response = await fetch(stock, { signal: AbortSignal.timeout(5_000) })
 * if (!response.ok) throw new BadGateway({ cause: await failureFrom(response) })
 * ```
 * @throws RangeError when the status is not from 400 to 599, or the limit is no positive integer
 * @throws TypeError when `typeBase` is no absolute URL, or `classes` is no list
 */
export async function failureFrom(response: Response, options: FailureFromOptions = {}): Promise<Failure> {
  const { classes, typeBase, limit } = checkedOptions(options)
  const classOfStatus = classFor(response.status)
  const problem = parseProblem(await problemText(response, limit))
  const failureClass = classByType(problem.type, classes, typeBase ?? response.url) ?? classOfStatus
  return restoredFailure(failureClass, problem, await restoredMembers(failureClass, problem), response)
}

const ONE_MEBIBYTE = 1_048_576

function checkedOptions({ limit = ONE_MEBIBYTE, ...restoring }: FailureFromOptions) {
  const checked = checkedRestoring(restoring, 'failureFrom')
  if (!Number.isSafeInteger(limit) || limit <= 0) {
    throw new RangeError(unfit('limit', 'failureFrom', 'a positive integer, in bytes', limit))
  }
  return { ...checked, limit }
}
