import type { Failure } from '../failure/failure.js'
import { OPTIONS } from '../failure/stored-options.js'
import { formatValue } from '../problem/format-value.js'
import { givenFields, RESERVED_FIELDS } from '../reply/header-fields.js'
import { hasField } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import type { FailureStatus } from '../status/failure-status.js'
import { optionalFields } from '../status/failure-statuses.js'
import { type FailureWarning, failureWarning, type Warn } from './failure-warning.js'
import { caughtError } from './hooks.js'

/** Reports required header fields that are missing, and given ones that are left out since they are invalid. */
export function warnOfHeaders(failure: Failure, status: FailureStatus, fields: HeaderFields, warn: Warn): void {
  try {
    const options = failure[OPTIONS]
    if (status.requires === undefined && options === undefined) return
    for (const [name, warning] of expectedFields(failure, status, { ...options })) {
      if (!hasField(fields, name)) warn(warning())
    }
  } catch (cause) {
    // Reading the failure may throw.
    warn(caughtError('The header fields of a failure cannot be read', 'INVALID_HEADER', cause))
  }
}

type Options = Readonly<Record<string, unknown>>

/** The fields that a response should contain, by name, each with the warning to give if it is missing. */
function expectedFields(
  failure: Failure,
  { code, requires }: FailureStatus,
  options: Options,
): Map<string, () => FailureWarning> {
  const expected = new Map<string, () => FailureWarning>()
  const expect = (name: string, warning: () => FailureWarning) => {
    if (!expected.has(name)) expected.set(name, warning)
  }
  if (requires !== undefined) expect(requires.name, () => missingHeader(failure, code, requires, options))
  for (const [name, value] of givenFields(options['headers'])) {
    expect(name, () => invalidHeaderEntry(failure, name, value))
  }
  for (const [option, name] of Object.entries(optionalFields)) {
    const value = options[option]
    if (value !== undefined) expect(name, () => invalidHeader(failure, `"${option}"`, value, name))
  }
  return expected
}

function invalidHeader({ name }: Failure, source: string, value: unknown, header: string): FailureWarning {
  const message = `${name}: invalid ${source} (${formatValue(value)}), ${header} header omitted`
  return failureWarning(message, { code: 'INVALID_HEADER', subject: header })
}

/** A header that is invalid, or that failures cannot set. */
function invalidHeaderEntry({ name }: Failure, header: string, value: unknown): FailureWarning {
  const problem = RESERVED_FIELDS.includes(header.toLowerCase()) ? 'cannot be set by a failure' : 'is invalid'
  const message = `${name}: the header ${formatValue(header)} ${problem} (${formatValue(value)}), header omitted`
  return failureWarning(message, { code: 'INVALID_HEADER', subject: header })
}

function missingHeader(
  failure: Failure,
  status: number,
  { name, option }: NonNullable<FailureStatus['requires']>,
  options: Options,
): FailureWarning {
  if (options[option] !== undefined) return invalidHeader(failure, `"${option}"`, options[option], name)
  const responder = status === 401 ? ' or on the FailureResponder' : ''
  const message = `${failure.name}: a ${status} response must contain ${name}, which is missing; set "${option}" on the failure${responder}`
  return failureWarning(message, { code: 'MISSING_HEADER', subject: name })
}
