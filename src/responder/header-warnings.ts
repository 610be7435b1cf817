import type { Failure } from '../failure/failure.js'
import { OPTIONS } from '../failure/stored-options.js'
import { formatValue } from '../problem/format-value.js'
import type { ReportPart } from '../reply/challenge.js'
import { hasSingleValue, type InvalidField, RESERVED_FIELDS, validFields } from '../reply/header-fields.js'
import { fieldOf } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
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
    const present = new Set(Object.keys(fields).map((name) => name.toLowerCase()))
    const isMissing = (name: string) => !present.has(name.toLowerCase())
    if (requires !== undefined && isMissing(requires.name)) {
      warn(missingHeader(failure, status.code, requires, options?.[requires.option]))
    }
    if (options === undefined) return
    validFields(options['headers'], RESERVED_FIELDS, (field) => warn(fieldOmitted(failure, field)))
    for (const [option, name] of Object.entries(optionalFields)) {
      const value = options[option]
      if (value !== undefined && isMissing(name)) warn(omittedOption(failure, option, value, name))
    }
    warnOfParts(failure, options, fields, warn)
  } catch (cause) {
    // Reading the failure may throw.
    warn(caughtError('The header fields of a failure cannot be read', 'INVALID_HEADER', cause))
  }
}

type Options = Readonly<Record<string, unknown>>

/** Reports the parts of options that are left out of fields that are sent, and fields that an option replaces. */
function warnOfParts(failure: Failure, options: Options, fields: HeaderFields, warn: Warn): void {
  for (const { option, name, build } of failure.statusRules.headers) {
    const value = options[option]
    if (value === undefined || fields[name] === undefined) continue
    if (options['headers'] === undefined && isSentAsGiven(value, fields[name])) continue
    const built = build(value, reportingParts(failureName(failure), option, name, warn))
    const own = hasSingleValue(name) && name in built ? fieldOf(validFields(options['headers']), name) : undefined
    if (own !== undefined && own !== built[name]) {
      warn(fieldOmitted(failure, { name, value: own, reason: `is set by "${option}"`, omitted: 'header' }))
    }
  }
}

/** The usual case. */
function isSentAsGiven(value: unknown, sent: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return sent === String(value)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') && sent === value.join(', ')
}

function omittedOption(failure: Failure, option: string, value: unknown, header: string): FailureWarning {
  return invalidHeader(
    `${failureName(failure)}: invalid "${option}" (${formatValue(value)}), ${header} header omitted`,
    header,
  )
}

/** Reports the parts of an option that are left out of a header field, or sent with other characters. */
export function reportingParts(owner: string, option: string, header: string, warn: Warn): ReportPart {
  return (part, consequence) => {
    const message =
      consequence === 'replaced'
        ? `"${option}" has characters that a header cannot contain (${formatValue(part)}), sent as "?" in the ${header} header`
        : `invalid "${option}" (${formatValue(part)}), left out of the ${header} header`
    warn(invalidHeader(`${owner}: ${message}`, header))
  }
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
  value: unknown,
): FailureWarning {
  if (value !== undefined) return omittedOption(failure, option, value, name)
  const responder = status === 401 ? ' or on the FailureResponder' : ''
  const message = `${failureName(failure)}: a ${status} response must contain ${name}, which is missing; set "${option}" on the failure${responder}`
  return failureWarning(message, { code: 'MISSING_HEADER', subject: name })
}
