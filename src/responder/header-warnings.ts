import type { Failure } from '../failure/failure.js'
import { optionsOf } from '../failure/given-options.js'
import { formatValue } from '../problem/format-value.js'
import { givenFields } from '../reply/header-fields.js'
import { hasField } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { isReservedField } from '../reply/response-fields.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { formatThrown } from './hooks.js'

/** The header fields that HTTP requires with a status, and the options that set them. RFC 9110, 15.5.2, 15.5.6, 15.5.8, 15.5.22 */
const REQUIRED: Readonly<Record<number, { readonly name: string; readonly option: string }>> = {
  401: { name: 'WWW-Authenticate', option: 'challenge' },
  405: { name: 'Allow', option: 'allow' },
  407: { name: 'Proxy-Authenticate', option: 'challenge' },
  426: { name: 'Upgrade', option: 'upgrade' },
}

/** Whether HTTP requires a header field with a status. */
export function requiresField(status: number): boolean {
  return REQUIRED[status] !== undefined
}

/** The options that set an optional header field. */
const FIELD_OF_OPTION: Readonly<Record<string, string>> = {
  retryAfter: 'Retry-After',
  accept: 'Accept',
  acceptEncoding: 'Accept-Encoding',
  length: 'Content-Range',
  blockedBy: 'Link',
}

/** Reports required header fields that are missing, and given ones that are left out since they are invalid. */
export function warnOfHeaders(failure: Failure, status: number, fields: HeaderFields, warn: Warn): void {
  try {
    for (const [name, warning] of expectedFields(failure, status)) {
      if (!hasField(fields, name)) warn(warning())
    }
  } catch (cause) {
    // Reading the failure may throw.
    const message = `The header fields of a failure cannot be read: ${formatThrown(cause)}`
    warn(new FailureWarning(message, { code: 'INVALID_HEADER', cause }))
  }
}

type Options = Readonly<Record<string, unknown>>

/** The fields that a response should contain, by name, each with the warning to give if it is missing. */
function expectedFields(failure: Failure, status: number): Map<string, () => FailureWarning> {
  const options: Options = { ...optionsOf(failure) }
  const expected = new Map<string, () => FailureWarning>()
  const expect = (name: string, warning: () => FailureWarning) => {
    if (!expected.has(name)) expected.set(name, warning)
  }
  const required = REQUIRED[status]
  if (required !== undefined) expect(required.name, () => missingHeader(failure, status, options))
  for (const [name, value] of givenFields(options['headers'])) {
    expect(name, () => invalidHeaderEntry(failure, name, value))
  }
  for (const [option, name] of Object.entries(FIELD_OF_OPTION)) {
    const value = options[option]
    if (value !== undefined) expect(name, () => invalidHeader(failure, `"${option}"`, value, name))
  }
  return expected
}

function invalidHeader({ name }: Failure, source: string, value: unknown, header: string): FailureWarning {
  const message = `${name}: invalid ${source} (${formatValue(value)}), ${header} header omitted`
  return new FailureWarning(message, { code: 'INVALID_HEADER' })
}

/** A header that is invalid, or that failures cannot set. */
function invalidHeaderEntry({ name }: Failure, header: string, value: unknown): FailureWarning {
  const problem = isReservedField(header) ? 'cannot be set by a failure' : 'is invalid'
  const message = `${name}: the header ${formatValue(header)} ${problem} (${formatValue(value)}), header omitted`
  return new FailureWarning(message, { code: 'INVALID_HEADER' })
}

function missingHeader(failure: Failure, status: number, options: Options): FailureWarning {
  const { name, option } = REQUIRED[status] as { readonly name: string; readonly option: string }
  if (options[option] !== undefined) return invalidHeader(failure, `"${option}"`, options[option], name)
  const responder = status === 401 ? ' or on the FailureResponder' : ''
  const message = `${failure.name}: a ${status} response must contain ${name}, which is missing; set "${option}" on the failure${responder}`
  return new FailureWarning(message, { code: 'MISSING_HEADER' })
}
