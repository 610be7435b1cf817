import type { UnprocessableContent } from '../failure/client-failures.js'
import {
  type ClassOfInvalid,
  demandPart,
  type ValidationFailureOptions,
  validationFailure,
} from '../validation/validation-failure.js'
import { type Findings, issuesIn } from './pipe-findings.js'

/**
 * What {@link validationExceptionFactory} takes.
 *
 * @example const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
 */
export interface ValidationExceptionOptions<Class extends ClassOfInvalid = typeof UnprocessableContent>
  extends Omit<ValidationFailureOptions<Class>, 'cause'> {
  /**
   * The name of the one value that the pipe is bound to: `id` for `@Param('id', pipe)`, `address` for
   * `@Body('address', pipe)`. What is found inside that value is then found under its name.
   */
  readonly name?: string | undefined
}

/**
 * Makes the exception of what a pipe has found.
 *
 * @example const invalid: ValidationExceptionFactory<BadRequest> = validationExceptionFactory({ class: BadRequest })
 */
export type ValidationExceptionFactory<Invalid> = (found: Findings) => Invalid

/**
 * Makes the `exceptionFactory` of Nest's pipes: of `ValidationPipe` (class-validator; one entry for each constraint),
 * of `StandardSchemaValidationPipe`, and of `ParseIntPipe` and its kin. What it makes is a {@link validationFailure}:
 * a 422 with `errors`, or a failure of another `class`, such as `BadRequest` for a 400.
 *
 * No pipe tells its factory what part of the request it validates. Unless `in` says so, issues are about the body, and
 * the message of a `Parse…Pipe` is about a parameter; it is then the detail of the failure as well. `ParseArrayPipe` does
 * not tell it which item it has validated either: for a list of objects, let `ValidationPipe` validate the object around.
 *
 * @example
 * ```ts
 * app.useGlobalPipes(new ValidationPipe({ exceptionFactory: validationExceptionFactory() }))
 * ```
 * @example A parameter of the path, and 400 instead of 422:
 * ```ts
 * const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
 * const parseId = new ParseIntPipe({ exceptionFactory })                                     // @Param('id', parseId)
 * ```
 * @throws TypeError when `in` is no part of a request
 */
export function validationExceptionFactory<Class extends ClassOfInvalid = typeof UnprocessableContent>(
  options: ValidationExceptionOptions<Class> = {},
): ValidationExceptionFactory<InstanceType<Class>> {
  const { name, ...ofFailure } = options
  if (ofFailure.in !== undefined) demandPart(ofFailure.in, 'validationExceptionFactory()')
  return (found) => {
    const isUnplaced = typeof found === 'string' && ofFailure.in === undefined
    return validationFailure(issuesIn(found, name), isUnplaced ? aboutParameter(found, ofFailure) : ofFailure)
  }
}

/** A parameter is in the path or in the query, so that a summary could only guess which. */
function aboutParameter<Class extends ClassOfInvalid>(
  message: string,
  options: ValidationFailureOptions<Class>,
): ValidationFailureOptions<Class> {
  return { ...options, in: 'path', detail: options.detail ?? message }
}
