import { answeredStatus, isFailureStatus } from '../failure/answered-status.js'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { classFor } from '../failure/failure-for.js'
import { InternalServerError } from '../failure/server-failures.js'
import { isError } from '../problem/is-error.js'
import { type ParsedProblem, parseProblem } from '../problem/parse-problem.js'
import { ABOUT_BLANK } from '../problem/problem-details.js'
import { HttpStatus } from '../status/http-status.js'
import { classByType, type RestorableClass } from './class-by-type.js'
import { restoredFailure } from './restored-failure.js'
import { restoredMembersNow } from './restored-members.js'
import { checkedRestoring, type RestoringOptions } from './restoring-options.js'

/**
 * What {@link failureFromProblem} can be told.
 *
 * @example const failure = failureFromProblem(message, { classes: [OutOfStock] })
 */
export interface FailureFromProblemOptions extends RestoringOptions {
  /** The absolute URL against which relative types are resolved. Default: they are compared as they are. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
}

/**
 * The Failure that a problem document reports which came without a response: as the error of a message, in an event of
 * a socket, in the `extensions` of a GraphQL error, out of a log. It is of the class among `classes` that has the type
 * of the problem, else of the class that has its status, and as lenient as `failureFrom`, which is for responses.
 *
 * The status is that of the document; where it has none from 400 to 599, that of the class that its type is known by,
 * else 500. Schemas of `@Extension()` fields are asked at once: what one of them has to wait for is left out.
 *
 * Whatever else an error of a message may be (a text, a timeout, a lost connection, `{ status: 'error', message }`) is
 * no problem document, or one that says nothing. It is the `cause` of an `InternalServerError`, to be logged and not to
 * be sent. A Failure is given back as it is.
 *
 * @example In a service that has asked another one, for a client that must not read what that one said:
 * ```ts
 * stock.send('reserve', order).pipe(
 *   catchError((error) => {
 *     throw new BadGateway({ cause: failureFromProblem(error, { classes: [OutOfStock] }) })
 *   }),
 * )
 * ```
 * @param problem - the document, or its JSON text
 * @throws TypeError when `typeBase` is no absolute URL, or `classes` is no list; never because of the problem
 */
export function failureFromProblem(problem: unknown, options: FailureFromProblemOptions = {}): Failure {
  const { classes, typeBase = '' } = checkedRestoring(options, 'failureFromProblem')
  if (isFailure(problem)) return problem
  const document = parseProblem(problem)
  // The members of an error are about itself: its `status` may be what a third party has answered.
  if (isError(problem) || saysNothing(document)) return new InternalServerError({ cause: problem })
  const classOfType = classByType(document.type, classes, typeBase)
  const status = statusOf(document, classOfType)
  const failureClass = classOfType ?? classFor(status)
  const members = restoredMembersNow(failureClass, document)
  return restoredFailure(failureClass, document, members, { status, headers: new globalThis.Headers() })
}

/** Whether there is none of the standard members, by which a problem would be known. RFC 9457, 3.1 */
function saysNothing({ type, title, status, detail, instance }: ParsedProblem): boolean {
  return type === ABOUT_BLANK && [title, status, detail, instance].every((member) => member === undefined)
}

function statusOf({ status }: ParsedProblem, classOfType: RestorableClass | undefined): number {
  if (status !== undefined && isFailureStatus(status)) return status
  return classOfType === undefined ? HttpStatus.INTERNAL_SERVER_ERROR : answeredStatus(classOfType.prototype)
}
