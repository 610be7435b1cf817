import type { Failure } from '../failure/failure.js'
import { isRestored } from '../failure/restored.js'
import { OPTIONS } from '../failure/stored-options.js'
import { formatValue } from '../problem/format-value.js'
import { hasSingleValue, type InvalidField, RESERVED_FIELDS, validFields, valuesIn } from '../reply/header-fields.js'
import { fieldOf, hasField } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import type { HeaderRule } from '../reply/status-rules.js'
import { UNAUTHORIZED } from '../status/codes.js'
import type { FailureStatus } from '../status/failure-status.js'
import { optionalFields } from '../status/failure-statuses.js'
import { failureName } from './failure-name.js'
import { type FailureWarning, failureWarning, type Warn } from './failure-warning.js'
import { caughtError } from './hooks.js'

/** Reports required header fields that are missing, and given ones that are left out since they are invalid. */
export function warnOfHeaders(failure: Failure, status: FailureStatus, fields: HeaderFields, warn: Warn): void {
  try {
    const options: Options | undefined = failure[OPTIONS]
    const { requires } = status
    if (requires === undefined && options === undefined) return
    if (requires !== undefined && options?.[requires.option] === undefined && !hasField(fields, requires.name)) {
      warn(missingHeader(failure, status.code, requires))
    }
    if (options === undefined) return
    validFields(options['headers'], RESERVED_FIELDS, (field) => warn(fieldOmitted(failure, field)))
    const { headers: rules } = failure.statusRules
    for (const rule of rules) warnOfOption(failure, rule, options, fields, warn)
    for (const [option, name] of Object.entries(FIELDS_OF_OPTIONS)) {
      const isOfClass = rules.some((rule) => rule.option === option)
      if (options[option] !== undefined && !isOfClass) warn(omittedOption(failure, option, options[option], name))
    }
  } catch (cause) {
    // Reading the failure may throw.
    warn(caughtError('The header fields of a failure cannot be read', 'INVALID_HEADER', cause))
  }
}

type Options = Readonly<Record<string, unknown>>

/** The options of all classes: those that a class does not have are left out. */
const FIELDS_OF_OPTIONS: Readonly<Record<string, string>> = {
  ...optionalFields,
  allow: 'Allow',
  challenge: 'WWW-Authenticate',
  upgrade: 'Upgrade',
}

/** Reports the parts of an option that are left out of its field, and an own field that it replaces. */
function warnOfOption(failure: Failure, rule: HeaderRule, options: Options, fields: HeaderFields, warn: Warn): void {
  const { option, name, build } = rule
  const value = options[option]
  if (value === undefined) return
  if (options['headers'] === undefined && isSentAsGiven(value, fields[name])) return
  const parts: unknown[] = []
  const replaced: unknown[] = []
  const built = build(value, (part, consequence) => void (consequence === 'replaced' ? replaced : parts).push(part))
  if (!(name in built)) {
    warn(omittedOption(failure, option, value, name))
    return
  }
  warnOfParts(failureName(failure), rule, { parts, replaced }, warn)
  const own = hasSingleValue(name) ? fieldOf(validFields(options['headers']), name) : undefined
  if (own !== undefined && own !== built[name] && !isRestored(failure)) {
    warn(fieldOmitted(failure, { name, value: own, reason: `is set by "${option}"`, omitted: 'header' }))
  }
}

interface ReportedParts {
  readonly parts: readonly unknown[]
  readonly replaced: readonly unknown[]
}

/** Reports the parts of an option that are left out of a header field, or sent with other characters. */
export function warnOfParts(
  owner: string,
  { option, name }: Pick<HeaderRule, 'option' | 'name'>,
  { parts, replaced }: ReportedParts,
  warn: Warn,
): void {
  if (parts.length > 0) {
    warn(invalidHeader(`${owner}: invalid "${option}" (${listed(parts)}), left out of the ${name} header`, name))
  }
  if (replaced.length > 0) {
    const rule = `"${option}" has characters that a header cannot contain (${listed(replaced)})`
    warn(invalidHeader(`${owner}: ${rule}, sent as "?" in the ${name} header`, name))
  }
}

function listed(parts: readonly unknown[]): string {
  const more = parts.length > MOST_PARTS ? `, and ${parts.length - MOST_PARTS} more` : ''
  return `${parts.slice(0, MOST_PARTS).map(formatValue).join(', ')}${more}`
}

const MOST_PARTS = 5

/** The usual case. */
function isSentAsGiven(value: unknown, sent: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return sent === String(value)
  const values = valuesIn(value)
  return values.every((item) => typeof item === 'string') && sent === values.join(', ')
}

function omittedOption(failure: Failure, option: string, value: unknown, header: string): FailureWarning {
  return invalidHeader(
    `${failureName(failure)}: invalid "${option}" (${formatValue(value)}), ${header} header omitted`,
    header,
  )
}

/** A field that is invalid, that failures cannot set, or that has more values than it can have. */
export function fieldOmitted(
  failure: Failure | undefined,
  { name, value, reason, omitted }: InvalidField,
): FailureWarning {
  const message = `${failureName(failure)}: the header ${formatValue(name)} ${reason} (${formatValue(value)}), ${omitted} omitted`
  return invalidHeader(message, name)
}

function invalidHeader(message: string, subject: string): FailureWarning {
  return failureWarning(message, { code: 'INVALID_HEADER', subject })
}

function missingHeader(
  failure: Failure,
  status: number,
  { name, option }: NonNullable<FailureStatus['requires']>,
): FailureWarning {
  const responder = status === UNAUTHORIZED ? ' or on the FailureResponder' : ''
  const message = `${failureName(failure)}: a ${status} response must contain ${name}, which is missing; set "${option}" on the failure${responder}`
  return failureWarning(message, { code: 'MISSING_HEADER', subject: name })
}
