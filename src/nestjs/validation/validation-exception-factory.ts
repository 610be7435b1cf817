import type { UnprocessableContent } from '../../failure/client-failures.js'
import { ownOptions } from '../../problem/own-options.js'
import {
  assertPart,
  type ClassOfInvalid,
  type ValidationFailureOptions,
  validationFailure,
} from '../../validation/validation-failure.js'
import { type Findings, issuesIn } from './pipe-findings.js'

/**
 * The options of {@link validationExceptionFactory}.
 *
 * @example const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
 */
export interface ValidationExceptionOptions<Class extends ClassOfInvalid = typeof UnprocessableContent>
  extends Omit<ValidationFailureOptions<Class>, 'cause'> {
  /**
   * The name of the value that the pipe is bound to: `id` for `@Param('id', pipe)`, `address` for `@Body('address', pipe)`.
   * Issues within the value are reported below this name.
   */
  readonly name?: string | undefined
}

/**
 * Creates the exception for the findings of a pipe.
 *
 * @example const invalid: ValidationExceptionFactory<BadRequest> = validationExceptionFactory({ class: BadRequest })
 */
export type ValidationExceptionFactory<Invalid> = (findings: Findings) => Invalid

/**
 * Creates an `exceptionFactory` for Nest's pipes: `ValidationPipe` (class-validator; one entry for each constraint),
 * `StandardSchemaValidationPipe`, `ParseIntPipe` and the other `Parse…Pipe`s. It returns a {@link validationFailure}: a 422
 * with `errors`, or a failure of another `class`, such as `BadRequest` for a 400.
 *
 * Pipes don't pass the validated part of the request to the factory. Without `in`, issues are located in the body, and the
 * message of a `Parse…Pipe` in a parameter; it is then also the detail of the failure. `ParseArrayPipe` doesn't pass the
 * index of the item either: for an array of objects, validate the surrounding object with `ValidationPipe`.
 *
 * @example
 * ```ts
 * app.useGlobalPipes(new ValidationPipe({ exceptionFactory: validationExceptionFactory() }))
 * ```
 * @example A path parameter, and 400 instead of 422:
 * ```ts
 * const exceptionFactory = validationExceptionFactory({ in: 'path', name: 'id', class: BadRequest })
 * const parseId = new ParseIntPipe({ exceptionFactory })                                     // @Param('id', parseId)
 * ```
 * @throws TypeError when `in` is not `'body'`, `'query'`, `'path'` or `'header'`
 */
export function validationExceptionFactory<Class extends ClassOfInvalid = typeof UnprocessableContent>(
  options: ValidationExceptionOptions<Class> = {},
): ValidationExceptionFactory<InstanceType<Class>> {
  const { name, ...failureOptions } = ownOptions(options, 'validationExceptionFactory')
  if (failureOptions.in !== undefined) assertPart(failureOptions.in, 'validationExceptionFactory')
  return (findings) => {
    const isUnplaced = typeof findings === 'string' && failureOptions.in === undefined
    return validationFailure(
      issuesIn(findings, name),
      isUnplaced ? forParameter(findings, failureOptions) : failureOptions,
    )
  }
}

/** A parameter may be in the path or in the query, so the message is used instead of a summary. */
function forParameter<Class extends ClassOfInvalid>(
  message: string,
  options: ValidationFailureOptions<Class>,
): ValidationFailureOptions<Class> {
  return { ...options, in: 'path', detail: options.detail ?? message }
}
