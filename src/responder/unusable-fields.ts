import type { Failure } from '../failure/failure.js'
import { optionsOf } from '../failure/given-options.js'
import { namesIn } from '../reply/header-fields.js'
import { hasField } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { FailureWarning, type Warn } from './failure-warning.js'
import { tell } from './hooks.js'

/** The fields that HTTP demands. RFC 9110, 15.5.2, 15.5.6, 15.5.8 and 15.5.22 */
const DEMANDED: Readonly<Record<number, string>> = {
  401: 'WWW-Authenticate',
  405: 'Allow',
  407: 'Proxy-Authenticate',
  426: 'Upgrade',
}

/** Whether HTTP demands a field with a status. */
export function owesField(status: number): boolean {
  return DEMANDED[status] !== undefined
}

/** The options of which a field is made. */
const FIELD_OF_OPTION: Readonly<Record<string, string>> = {
  retryAfter: 'Retry-After',
  accept: 'Accept',
  acceptEncoding: 'Accept-Encoding',
  length: 'Content-Range',
  blockedBy: 'Link',
}

/** Reports the header fields that a failure owes or was given, and that its answer has to do without. */
export function warnOfUnusable(failure: Failure, status: number, fields: HeaderFields, warn: Warn): void {
  const report = () => {
    for (const name of missingNames(failure, status, fields)) {
      warn(new FailureWarning(`${failure.name} has no ${name} that could be sent, so its ${status} goes without`))
    }
  }
  // It asks what may throw, and a warning must not change the answer.
  tell('headers', report, warn)
}

function missingNames(failure: Failure, status: number, fields: HeaderFields): Set<string> {
  const demanded = DEMANDED[status]
  const wanted = demanded === undefined ? namesGiven(failure) : [demanded, ...namesGiven(failure)]
  return new Set(wanted.filter((name) => !hasField(fields, name)))
}

function namesGiven(failure: Failure): string[] {
  const options: Readonly<Record<string, unknown>> = { ...optionsOf(failure) }
  const ofOptions = Object.keys(FIELD_OF_OPTION).filter((option) => options[option] !== undefined)
  return [...namesIn(options['headers']), ...ofOptions.map((option) => FIELD_OF_OPTION[option] as string)]
}
