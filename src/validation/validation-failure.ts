import type { StandardSchemaV1 } from '@standard-schema/spec'
import { UnprocessableContent } from '../failure/client-failures.js'
import type { Failure } from '../failure/failure.js'
import type { FailureOptions } from '../failure/failure-options.js'
import { kindOf } from '../problem/kind-of.js'
import { MOST_ISSUES, numberOf, reportedIssues, type ValidatedPart } from './reported-issue.js'

/**
 * What {@link validationFailure} takes beside the issues.
 *
 * @example throw validationFailure(issues, { in: 'query', class: BadRequest, detail: 'There is no such page.' })
 */
export interface ValidationFailureOptions<Class extends ClassOfInvalid = typeof UnprocessableContent> {
  /** The class of the failure, constructed with `(detail, options)`; {@link UnprocessableContent} by default. */
  readonly class?: Class | undefined
  /**
   * The part of the request that was validated, the `body` by default. An issue of the body has a `pointer`; one of
   * the `query` or the `path` names its `parameter`, one of a `header` the `header`.
   */
  readonly in?: ValidatedPart | undefined
  /** What happened, instead of how many errors there are. */
  readonly detail?: string | undefined
  /** What really happened. For the log; never sent. */
  readonly cause?: unknown
}

/** A class whose failures can say what is invalid. */
export type ClassOfInvalid = new (detail: string, options: FailureOptions) => Failure

/**
 * Makes a failure of the issues that a Standard Schema (zod, valibot, arktype …) has found. They become the extension
 * member `errors`, a list of {@link ReportedIssue}. RFC 9457, 3
 *
 * The first 100 issues are reported, messages and pointers with up to 1000 characters. An issue that has no message
 * is left out, whatever else is in it.
 *
 * @example
 * ```ts
 * const page = Page.safeParse(Object.fromEntries(new URL(request.url).searchParams))        // zod
 * if (!page.success) throw validationFailure(page.error.issues, { in: 'query', class: BadRequest })
 * ```
 * @throws TypeError when `in` is no part of a request
 */
export function validationFailure<Class extends ClassOfInvalid = typeof UnprocessableContent>(
  issues: readonly StandardSchemaV1.Issue[],
  options: ValidationFailureOptions<Class> = {},
): InstanceType<Class> {
  const { class: FailureClass = UnprocessableContent, in: part = 'body' } = options
  demandPart(part, 'validationFailure()')
  const { detail = summaryOf(numberOf(issues), part) } = options
  return new FailureClass(detail, {
    extensions: { errors: reportedIssues(issues, part) },
    ...('cause' in options ? { cause: options.cause } : {}),
  }) as InstanceType<Class>
}

/** @throws TypeError that names the function which was told of something else than a part of a request */
export function demandPart(part: ValidatedPart, toldFunction: string): void {
  if (Object.hasOwn(PART_NAMES, part)) return
  throw new TypeError(`${toldFunction} is about the body, the query, the path or a header, not ${kindOf(part)}`)
}

const PART_NAMES: Readonly<Record<ValidatedPart, string>> = {
  body: 'content',
  query: 'query',
  path: 'path',
  header: 'header fields',
}

function summaryOf(count: number, part: ValidatedPart): string {
  if (count < 2) return `There is an error in the ${PART_NAMES[part]}.`
  const beyond = count > MOST_ISSUES ? `; the first ${MOST_ISSUES} are listed` : ''
  return `There are ${count} errors in the ${PART_NAMES[part]}${beyond}.`
}
