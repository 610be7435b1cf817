/**
 * The public names of http-failure.
 *
 * @module http-failure
 */

export { CatchingFailure, type CatchingFailureDecorator } from './catching/catching-failure.js'
export { type FailureFromProblemOptions, failureFromProblem } from './client/failure-from-problem.js'
export { type FailureFromResponseOptions, failureFromResponse } from './client/failure-from-response.js'
export type { ReceivedResponse } from './client/received-response.js'
export * from './failure/client-failures.js'
export { createFailure } from './failure/create-failure.js'
export { Extension, type ExtensionDecorator } from './failure/extension.js'
export { Failure } from './failure/failure.js'
export { type FailureClass, failureClass } from './failure/failure-class.js'
export type * from './failure/failure-options.js'
export { isFailure } from './failure/is-failure.js'
export type { ProblemType } from './failure/problem-type.js'
export * from './failure/server-failures.js'
export type { StackTraces } from './failure/stack-traces.js'
export { type ParsedProblem, parseProblem } from './problem/parse-problem.js'
export type { ProblemDetails } from './problem/problem-details.js'
export type { Challenge } from './reply/challenge.js'
export type { HeaderFieldsInit } from './reply/header-fields.js'
export type { HeaderFields, Reply } from './reply/reply.js'
export { dropClientFailures } from './responder/drop-client-failures.js'
export type { FailureContext, MessageLike, RequestLike } from './responder/failure-context.js'
export { FailureResponder } from './responder/failure-responder.js'
export { FailureWarning, type FailureWarningCode } from './responder/failure-warning.js'
export { graphqlError } from './responder/graphql-error.js'
export { logFailure } from './responder/log/log-failure.js'
export type { FailureResponderOptions, LocalizedText } from './responder/responder-options.js'
export { withTraceId } from './responder/with-trace-id.js'
export {
  HttpStatus,
  type HttpStatusCode,
  type HttpStatusInfo,
  type HttpStatusName,
} from './status/http-status.js'
export type { HttpStatusRegistration } from './status/status-row.js'
export { type ReadJsonOptions, readJson } from './validation/read-json.js'
export type { RequestWithBody } from './validation/read-text.js'
export type { ReportedIssue } from './validation/reported-issue.js'
export { type ValidationFailureOptions, validationFailure } from './validation/validation-failure.js'
