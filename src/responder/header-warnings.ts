import type { Failure } from '../failure/failure.js'
import { type HeaderOmission, omissionsOf } from '../failure/header-options.js'
import { isRestored } from '../failure/restored.js'
import { OPTIONS, type StoredOptions } from '../failure/stored-options.js'
import { formatValue } from '../problem/format-value.js'
import type { InvalidField } from '../reply/header-fields.js'
import { hasField } from '../reply/merge-fields.js'
import type { OptionField } from '../reply/option-field.js'
import type { HeaderFields } from '../reply/reply.js'
import { UNAUTHORIZED } from '../status/codes.js'
import type { FailureStatus } from '../status/failure-status.js'
import { optionalFields } from '../status/failure-statuses.js'
import { failureName } from './failure-name.js'
import { type FailureWarning, failureWarning, type Warn } from './failure-warning.js'

/** Reports required header fields that are missing, and given ones that are left out or changed since they are invalid. */
export function warnOfHeaders(failure: Failure, status: FailureStatus, fields: HeaderFields, warn: Warn): void {
  try {
    const options: StoredOptions | undefined = failure[OPTIONS]
    const { requires } = status
    if (requires === undefined && options === undefined) return
    if (requires !== undefined && options?.[requires.option] === undefined && !hasField(fields, requires.name)) {
      warn(missingHeader(failure, status.code, requires))
    }
    for (const omission of omissionsOf(failure)) warnOfOmission(failure, omission, warn)
    if (options !== undefined && !isRestored(failure)) warnOfForeignOptions(failure, options, warn)
  } catch {
    // A proxy may throw, which was reported when its header fields were read.
  }
}

function warnOfOmission(failure: Failure, omission: HeaderOmission, warn: Warn): void {
  if ('rule' in omission) warnOfOption(failureName(failure), omission, warn)
  else warn(fieldOmitted(failure, omission))
}

/** Reports an option whose header field is left out, or contains only a part of it or other characters. */
export function warnOfOption(owner: string, field: OptionField, warn: Warn): void {
  const { rule, value, fields, omitted, replaced, completed } = field
  const { option, name } = rule
  if (!(name in fields)) {
    warn(invalidHeader(`${owner}: invalid "${option}" (${formatValue(value)}), ${name} header omitted`, name))
    return
  }
  if (omitted.length > 0) {
    warn(invalidHeader(`${owner}: invalid "${option}" (${listed(omitted)}), left out of the ${name} header`, name))
  }
  if (replaced.length > 0) {
    const rule = `"${option}" has characters that a header cannot contain (${listed(replaced)})`
    warn(invalidHeader(`${owner}: ${rule}, sent as "?" in the ${name} header`, name))
  }
  if (completed.length > 0) {
    const rule = `"${option}" has no realm, which Basic requires (${listed(completed)})`
    warn(invalidHeader(`${owner}: ${rule}, sent with an empty one in the ${name} header`, name))
  }
}

/** Reports options that the class of a failure does not have. */
function warnOfForeignOptions(failure: Failure, options: StoredOptions, warn: Warn): void {
  for (const option in options) {
    const name = FIELDS_OF_OPTIONS.get(option)
    const value = options[option]
    if (name === undefined || value === undefined) continue
    if (failure.statusRules.headers.some((rule) => rule.option === option)) continue
    const message = `${failureName(failure)}: invalid "${option}" (${formatValue(value)}), ${name} header omitted`
    warn(invalidHeader(message, name))
  }
}

/** The header fields of the options of all classes. */
const FIELDS_OF_OPTIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(optionalFields),
  ['allow', 'Allow'],
  ['challenge', 'WWW-Authenticate'],
  ['upgrade', 'Upgrade'],
])

function listed(parts: readonly unknown[]): string {
  const more = parts.length > MOST_PARTS ? `, and ${parts.length - MOST_PARTS} more` : ''
  return `${parts.slice(0, MOST_PARTS).map(formatValue).join(', ')}${more}`
}

const MOST_PARTS = 5

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
