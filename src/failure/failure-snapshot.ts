import { formatValue } from '../problem/format-value.js'
import { parseProblem } from '../problem/parse-problem.js'
import { ABOUT_BLANK, extended, type ProblemDetails, setMember } from '../problem/problem-details.js'
import { asString, isRecord, memberOf, withoutPrototype } from '../problem/unknown-values.js'
import { typeReference, uriReference } from '../problem/uri-reference.js'
import { type InvalidField, RESERVED_FIELDS, validFields } from '../reply/header-fields.js'
import { withKnownSyntax } from '../reply/known-fields.js'
import { type HeaderFields, NO_FIELDS } from '../reply/reply.js'
import { type FailureStatus, statusOf } from '../status/failure-status.js'
import { defaultToProblem } from './brand.js'
import { extensionFields } from './extension-members.js'

/** The members of a Failure that determine its response. Accessors of subclasses may throw, or return anything. */
export interface FailureMembers {
  readonly status: number
  readonly expose: boolean
  readonly type: string
  readonly title: string
  readonly detail: string | undefined
  readonly instance: string | undefined
  readonly code: string | undefined
  readonly extensions: object
  readonly headers: object
  toProblem(): object
}

/** A failure as plain, valid data: everything that its response depends on. */
export interface FailureSnapshot {
  readonly status: FailureStatus
  /** Whether the client may read the details of the occurrence. */
  readonly exposed: boolean
  readonly problem: ProblemDetails
  /** The header fields that the failure sets. */
  readonly headers: HeaderFields
}

/** Receives the parts of a failure that its snapshot leaves out. */
export interface SnapshotReport {
  /** The error of an override of `toProblem()`. The default problem details are used. */
  invalidProblem(error: unknown): void
  invalidField(field: InvalidField): void
  /** The error of the accessor `headers`. No header fields are used. */
  invalidHeaders(error: unknown): void
  /** A standard member, or `code`, whose value is invalid. */
  invalidMember(name: string, value: unknown): void
}

/**
 * Reads a failure. A member is left out if its accessor throws or returns a value of the wrong type.
 *
 * @param report - receives what is left out
 */
export function snapshotOf(failure: FailureMembers, report?: SnapshotReport): FailureSnapshot {
  const status = statusOf(failure)
  const exposed = isExposed(failure)
  let problem: ProblemDetails | undefined
  try {
    if (failure.toProblem !== defaultToProblem) problem = validProblem(failure.toProblem(), status, report)
  } catch (error) {
    report?.invalidProblem(error)
  }
  problem ??= problemOf(failure, status, exposed, report)
  return { status, exposed, problem, headers: validHeaders(failure, report) }
}

/** The default of `toProblem()`: the standard members, then `code`, then the extension members. */
export function defaultProblem(failure: FailureMembers): ProblemDetails {
  return problemOf(failure, statusOf(failure), isExposed(failure))
}

/** Whether the client may read the details of an occurrence; not if `expose` throws. */
export function isExposed(failure: { readonly expose: boolean }): boolean {
  try {
    return failure.expose === true
  } catch {
    return false
  }
}

function problemOf(
  failure: FailureMembers,
  status: FailureStatus,
  exposed: boolean,
  report?: SnapshotReport,
): ProblemDetails {
  const { type, title, detail, instance, code, extensions } = membersOf(failure)
  const problem: { -readonly [Name in keyof ProblemDetails]: ProblemDetails[Name] } = {
    type: type === ABOUT_BLANK ? type : typeReference(asString(type)),
    title: typeof title === 'string' ? title : status.phrase,
    status: status.code,
  }
  if (exposed && typeof detail === 'string') problem.detail = detail
  if (exposed && typeof instance === 'string') setMember(problem, 'instance', uriReference(instance))
  if (typeof code === 'string') problem['code'] = code
  if (problem.type !== type && problem.type === ABOUT_BLANK) report?.invalidMember('type', type)
  if (typeof title !== 'string') report?.invalidMember('title', title)
  if (exposed && detail !== undefined && typeof detail !== 'string') report?.invalidMember('detail', detail)
  if (exposed && instance !== undefined && problem.instance === undefined) report?.invalidMember('instance', instance)
  if (code !== undefined && typeof code !== 'string') report?.invalidMember('code', code)
  return extended(problem, exposed ? extensions : extensionFields(failure)) as ProblemDetails
}

/** The members of the problem details. */
type ProblemMembers = { readonly [Name in (typeof MEMBERS)[number]]?: unknown }

const MEMBERS = ['type', 'title', 'detail', 'instance', 'code', 'extensions'] as const

/** Accessors hardly ever throw, and reading each of them in its own try block takes six times as long. */
function membersOf(failure: FailureMembers): ProblemMembers {
  try {
    const { type, title, detail, instance, code, extensions } = failure
    return { type, title, detail, instance, code, extensions }
  } catch {
    return Object.fromEntries(MEMBERS.map((name) => [name, memberOf(failure, name)]))
  }
}

/** The problem details from an override of `toProblem()`, without invalid members. */
function validProblem(document: unknown, { code, phrase }: FailureStatus, report?: SnapshotReport): ProblemDetails {
  if (!isRecord(document) || 'then' in document) {
    // A rejected promise would otherwise be unhandled.
    Promise.resolve(document).then(undefined, () => undefined)
    throw new TypeError(`toProblem() must return problem details, received ${formatValue(document)}`)
  }
  const { type, title, detail, instance, ...others } = withoutPrototype(parseProblem(document))
  const problem: ProblemDetails = { type: typeReference(type), title: title ?? phrase, status: code }
  setMember(problem, 'detail', detail)
  setMember(problem, 'instance', uriReference(instance))
  if (problem.type !== type && problem.type === ABOUT_BLANK) report?.invalidMember('type', type)
  if (instance !== undefined && problem.instance === undefined) report?.invalidMember('instance', instance)
  return extended(problem, others)
}

function validHeaders(failure: FailureMembers, report: SnapshotReport | undefined): HeaderFields {
  try {
    const { headers } = failure
    // Most failures have no header fields, and validating takes longer than the rest of the snapshot.
    if (Object.getPrototypeOf(headers) === Object.prototype && Object.keys(headers).length === 0) return NO_FIELDS
    const reportField = report && ((field: InvalidField) => report.invalidField(field))
    return withKnownSyntax(validFields(headers, RESERVED_FIELDS, reportField), reportField)
  } catch (error) {
    // The accessor of a subclass, or a proxy, may throw.
    report?.invalidHeaders(error)
    return NO_FIELDS
  }
}
