import type { StandardSchemaV1 } from '@standard-schema/spec'
import { UnprocessableContent } from '../failure/client-failures.js'
import type { Failure } from '../failure/failure.js'
import type { FailureOptions } from '../failure/failure-options.js'
import { formatValue } from '../problem/format-value.js'
import { ownOptions } from '../problem/own-options.js'
import { MOST_ISSUES, numberOf, reportedIssues, type ValidatedPart } from './reported-issue.js'

/**
 * The options of {@link validationFailure}.
 *
 * @example throw validationFailure(issues, { in: 'query', class: BadRequest, detail: 'There is no such page.' })
 */
export interface ValidationFailureOptions<Class extends ClassOfInvalid = typeof UnprocessableContent> {
  /** The class of the failure, constructed with `(detail, options)`. Default: {@link UnprocessableContent}. */
  readonly class?: Class | undefined
  /**
   * The validated part of the request. An entry has a `pointer` for the `body`, a `parameter` for the `query` or the
   * `path`, and a `header` for a `header`. Default: `'body'`.
   */
  readonly in?: ValidatedPart | undefined
  /** The detail of the failure. Default: a sentence such as `The body failed validation.` */
  readonly detail?: string | undefined
  /** The underlying error. For the log; never sent. */
  readonly cause?: unknown
}

/** A failure class that accepts a detail and extensions. */
export type ClassOfInvalid = new (detail: string, options: FailureOptions) => Failure

/**
 * Creates a failure from the issues of a Standard Schema (zod, valibot, arktype …). They become the extension member
 * `errors`, an array of {@link ReportedIssue}. RFC 9457, 3
 *
 * The first 100 issues are reported. Messages and pointers have at most 1000 characters. An issue without a message is
 * left out.
 *
 * @example
 * ```ts
 * const page = Page.safeParse(Object.fromEntries(new URL(request.url).searchParams))        // zod
 * if (!page.success) throw validationFailure(page.error.issues, { in: 'query', class: BadRequest })
 * ```
 * @throws TypeError when `in` is not `'body'`, `'query'`, `'path'` or `'header'`
 */
export function validationFailure<Class extends ClassOfInvalid = typeof UnprocessableContent>(
  issues: readonly StandardSchemaV1.Issue[],
  options: ValidationFailureOptions<Class> = {},
): InstanceType<Class> {
  const own = ownOptions(options, 'validationFailure')
  const { class: FailureClass = UnprocessableContent, in: part = 'body' } = own
  assertPart(part, 'validationFailure')
  const { detail = summaryOf(numberOf(issues), part) } = own
  return new FailureClass(detail, {
    extensions: { errors: reportedIssues(issues, part) },
    ...('cause' in own ? { cause: own.cause } : {}),
  }) as InstanceType<Class>
}

/**
 * @param caller - the function whose option it is
 * @throws TypeError for anything but a part of a request
 */
export function assertPart(part: ValidatedPart, caller: string): void {
  if (Object.hasOwn(PART_NAMES, part)) return
  throw new TypeError(`${caller}: "in" must be "body", "query", "path" or "header", received ${formatValue(part)}`)
}

const PART_NAMES: Readonly<Record<ValidatedPart, string>> = {
  body: 'body',
  query: 'query',
  path: 'path',
  header: 'headers',
}

function summaryOf(count: number, part: ValidatedPart): string {
  const failed = `The ${PART_NAMES[part]} failed validation`
  return count > MOST_ISSUES ? `${failed} with ${count} errors; the first ${MOST_ISSUES} are listed.` : `${failed}.`
}
