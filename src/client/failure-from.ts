import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-for.js'
import { kindOf } from '../problem/kind-of.js'
import { parseProblem } from '../problem/parse-problem.js'
import { classByType, type RestorableClass } from './class-by-type.js'
import { problemText } from './problem-text.js'
import { restoredFailure } from './restored-failure.js'

/** What {@link failureFrom} can be told. */
export interface FailureFromOptions {
  /** The classes that a problem may be known by: by their `type`, the first one that has it. */
  readonly classes?: readonly RestorableClass[] | undefined
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
  const classOfType = classByType(problem.type, classes, typeBase ?? response.url)
  return restoredFailure(classOfType ?? classOfStatus, problem, response)
}

const ONE_MEBIBYTE = 1_048_576

function checkedOptions({ classes = [], typeBase, limit = ONE_MEBIBYTE }: FailureFromOptions) {
  if (!Array.isArray(classes)) throw new TypeError(unfit('classes', 'a list of classes', classes))
  if (typeBase !== undefined && !URL.canParse(typeBase)) {
    throw new TypeError(unfit('typeBase', 'an absolute URL', typeBase))
  }
  if (!Number.isSafeInteger(limit) || limit <= 0) {
    throw new RangeError(unfit('limit', 'a positive integer, in bytes', limit))
  }
  return { classes: classes as readonly RestorableClass[], typeBase, limit }
}

function unfit(name: string, expected: string, met: unknown): string {
  return `The option ${name} of failureFrom is ${expected}, not ${kindOf(met)}`
}
