import type { Failure } from '../failure/failure.js'
import { failureClass } from '../failure/failure-class.js'
import { isFailure } from '../failure/is-failure.js'
import { responseStatus } from '../failure/response-status.js'
import { InternalServerError } from '../failure/server-failures.js'
import { isError } from '../problem/is-error.js'
import { type ParsedProblem, parseProblem } from '../problem/parse-problem.js'
import { ABOUT_BLANK } from '../problem/problem-details.js'
import { withoutPrototype } from '../problem/unknown-values.js'
import { INTERNAL_SERVER_ERROR } from '../status/codes.js'
import { isFailureStatus } from '../status/failure-status.js'
import { classByType, type RestorableClass, receivedType } from './class-by-type.js'
import { restoredFailure } from './restored-failure.js'
import { restoredMembersNow } from './restored-members.js'
import { checkedRestoringOptions, type RestoringOptions } from './restoring-options.js'

/**
 * The options of {@link failureFromProblem}.
 *
 * @example const failure = failureFromProblem(message, { classes: [OutOfStock] })
 */
export interface FailureFromProblemOptions extends RestoringOptions {
  /** The absolute URL against which relative types are resolved. Default: they are compared unresolved. RFC 9457, 3.1.1 */
  readonly typeBase?: string | undefined
}

/**
 * Restores the Failure from problem details that were received without a response: as the error of a message, in a
 * WebSocket event, in the `extensions` of a GraphQL error. Its class is the one among `classes` with the same type,
 * otherwise the class of the status. As lenient as `failureFromResponse`, which is for responses.
 *
 * The status is the document's; if it has none from 400 to 599, the status of the class with its type, otherwise 500.
 * Schemas of `@Extension()` fields must be synchronous; fields with an asynchronous schema are left out.
 *
 * Any other value, such as a string, a timeout, a lost connection or `{ status: 'error', message }`, becomes the `cause` of
 * an `InternalServerError`: logged, never sent. A Failure is returned unchanged.
 *
 * @example Another service has failed. Its details are logged, but not sent on to the client:
 * ```ts
 * stock.send('reserve', order).pipe(
 *   catchError((error) => {
 *     throw new BadGateway({ cause: failureFromProblem(error, { classes: [OutOfStock] }) })
 *   }),
 * )
 * ```
 * @param problem - the problem details, or their JSON text
 * @throws TypeError when `typeBase` is not an absolute URL or `classes` is not an array; never because of the problem
 */
export function failureFromProblem(problem: unknown, options: FailureFromProblemOptions = {}): Failure {
  const { classes, typeBase = '' } = checkedRestoringOptions(options, 'failureFromProblem')
  if (isFailure(problem)) return problem
  const document = withoutPrototype(parseProblem(problem))
  // The `status` of an error may be that of a third party's response.
  if (isError(problem) || isEmpty(document)) return new InternalServerError({ cause: problem })
  const classOfType = classByType(document.type, classes, typeBase)
  const status = restoredStatus(document, classOfType)
  const restoredClass = classOfType ?? failureClass(status)
  const members = restoredMembersNow(restoredClass, document)
  const received = { ...document, type: receivedType(document.type, typeBase) }
  return restoredFailure(restoredClass, received, members, { status, headers: new globalThis.Headers() })
}

/** Whether a document has no standard members. RFC 9457, 3.1 */
function isEmpty({ type, title, status, detail, instance }: ParsedProblem): boolean {
  return type === ABOUT_BLANK && [title, status, detail, instance].every((member) => member === undefined)
}

function restoredStatus({ status }: ParsedProblem, classOfType: RestorableClass | undefined): number {
  if (status !== undefined && isFailureStatus(status)) return status
  return classOfType === undefined ? INTERNAL_SERVER_ERROR : responseStatus(classOfType.prototype)
}
