import type { Failure } from '../failure/failure.js'
import { failureClass } from '../failure/failure-class.js'
import { withoutStackTrace } from '../failure/stack-traces.js'
import { asString, memberOf } from '../problem/unknown-values.js'
import { isFailureStatus } from '../status/failure-status.js'
import type { ValidatedPart } from '../validation/reported-issue.js'
import { type ClassOfInvalid, validationFailure } from '../validation/validation-failure.js'

/** The failure for an error of a schema of Fastify; `undefined` for any other error. */
export function failureOfSchema(error: unknown): Failure | undefined {
  const issues = memberOf(error, 'validation')
  const part = PARTS.get(memberOf(error, 'validationContext'))
  if (!Array.isArray(issues) || part === undefined) return undefined
  return withoutStackTrace(() =>
    validationFailure(issues.map(issueFrom), {
      in: part,
      class: classOf(memberOf(error, 'statusCode')),
      cause: error,
    }),
  )
}

/** A formatter of the application may set another status than 400. */
function classOf(statusCode: unknown): ClassOfInvalid {
  const status = [statusCode as number].find(isFailureStatus) ?? 400
  return failureClass(status) as unknown as ClassOfInvalid
}

const PARTS: ReadonlyMap<unknown, ValidatedPart> = new Map([
  ['body', 'body'],
  ['querystring', 'query'],
  ['params', 'path'],
  ['headers', 'header'],
])

/** An error of Ajv as an issue. Its path leads to the object with a wrong member, whose name is a parameter of the keyword. */
function issueFrom(issue: unknown): { message: string; path: string[] } {
  const params = memberOf(issue, 'params')
  const member = NAMING_PARAMS.map((name) => asString(memberOf(params, name))).find((name) => name !== undefined)
  return {
    message: asString(memberOf(issue, 'message')) ?? `must match "${memberOf(issue, 'keyword')}"`,
    path: [...segmentsOf(asString(memberOf(issue, 'instancePath')) ?? ''), ...(member === undefined ? [] : [member])],
  }
}

const NAMING_PARAMS = ['missingProperty', 'additionalProperty', 'unevaluatedProperty', 'propertyName']

/** The segments of a JSON Pointer. RFC 6901, 4 */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}
