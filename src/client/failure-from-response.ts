import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-class.js'
import { parseProblem } from '../problem/parse-problem.js'
import { classByType, receivedType } from './class-by-type.js'
import { problemIn } from './read-problem.js'
import { type ReceivedResponse, receivedParts } from './received-response.js'
import { restoredFailure } from './restored-failure.js'
import { restoredMembers } from './restored-members.js'
import { checkedRestoringOptions, invalidRestoringOption, type RestoringOptions } from './restoring-options.js'

/**
 * The options of {@link failureFromResponse}.
 *
 * @example const failure = await failureFromResponse(response, { classes: [OutOfStock], limit: 10_000 })
 */
export interface FailureFromResponseOptions extends RestoringOptions {
  /** The absolute URL against which relative types are resolved. Default: the URL of the response. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
  /** The largest body that is read, in bytes, a positive integer; larger bodies are ignored. Default: 1,048,576 (1 MiB). */
  readonly limit?: number | undefined
}

/**
 * Restores the Failure from an error response. Its class is the one among `classes` with the problem type of the response,
 * otherwise the class of the status.
 *
 * It has the status of the response; the detail, instance and `@Extension()` fields of the problem details (a value that
 * fails the schema of its field is left out); other members in `extensions`, header fields in `headers`, and
 * `Retry-After` in `retryAfter`. Invalid members are ignored (RFC 9457, 3.1). If the body is not JSON, empty, truncated,
 * already read or too large, only status and header fields are restored. The body is consumed: to read it yourself, pass
 * `response.clone()`.
 *
 * Constructors don't run: fields without `@Extension()`, initializers and `#private` fields are not restored.
 *
 * Don't rethrow the failure of another service to your own client. Its 401 is about *your* credentials, its 404 is not
 * about *your* resource, and its details were written for you. Throw a `BadGateway` with the failure as its cause, which is
 * logged and never sent:
 *
 * @example
 * ```ts
 * const response = await fetch(stock, { signal: AbortSignal.timeout(5_000) })
 * if (!response.ok) throw new BadGateway({ cause: await failureFromResponse(response) })
 * ```
 * @param response - a Fetch `Response`, the response of axios, or an object with the `status`, `headers` and `data` that another
 *   client has received
 * @throws RangeError when the status is not from 400 to 599, or the limit is not a positive integer
 * @throws TypeError when the response has no header fields, `typeBase` is not an absolute URL, or `classes` is not an array
 */
export async function failureFromResponse(
  response: Response | ReceivedResponse,
  options: FailureFromResponseOptions = {},
): Promise<Failure> {
  const { classes, typeBase, limit } = checkedResponseOptions(options)
  const received = receivedParts(response)
  const classOfStatus = classFor(received.status, 'failureFromResponse')
  const problem = parseProblem(await problemIn(received, limit))
  const base = typeBase ?? received.url
  const restoredClass = classByType(problem.type, classes, base) ?? classOfStatus
  const members = await restoredMembers(restoredClass, problem)
  return restoredFailure(restoredClass, { ...problem, type: receivedType(problem.type, base) }, members, received)
}

const ONE_MEBIBYTE = 1_048_576

function checkedResponseOptions(options: FailureFromResponseOptions) {
  const checked = checkedRestoringOptions(options, 'failureFromResponse')
  const { limit = ONE_MEBIBYTE } = checked
  if (!Number.isSafeInteger(limit) || limit <= 0) {
    throw new RangeError(invalidRestoringOption('failureFromResponse', 'limit', 'a positive integer', limit))
  }
  return { ...checked, limit }
}
