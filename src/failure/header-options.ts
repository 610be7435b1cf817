import { memberOf } from '../problem/unknown-values.js'
import { hasSingleValue, type InvalidField, validFields } from '../reply/header-fields.js'
import { fieldOf, hasField, withFields } from '../reply/merge-fields.js'
import { isSentAsGiven, type OptionField, optionField } from '../reply/option-field.js'
import type { HeaderFields } from '../reply/reply.js'
import type { HeaderRule } from '../reply/status-rules.js'
import { isRestored } from './restored.js'
import type { StoredOptions } from './stored-options.js'

/** Something that the header fields of a failure leave out, or contain in another form. */
export type HeaderOmission = InvalidField | OptionField

/** The header fields of a failure from `headers` and the options of its class. Parts that cannot be sent are remembered. */
export function headerFields(
  failure: { readonly retryAfter: number | Date | undefined },
  options: StoredOptions | undefined,
  rules: readonly HeaderRule[],
): HeaderFields {
  const omissions: HeaderOmission[] = []
  const given = withConnection(validFields(options?.headers, [], (field) => void omissions.push(field)))
  let fields = given
  for (const rule of rules) {
    const value = rule.option === 'retryAfter' ? failure.retryAfter : options?.[rule.option]
    if (value === undefined) continue
    const built = optionField(rule, value)
    if (!isSentAsGiven(built)) omissions.push(built)
    const replaced = isRestored(failure) ? undefined : replacedField(given, built)
    if (replaced !== undefined) omissions.push(replaced)
    fields = withFields(fields, built.fields)
  }
  // Not possible, and no error, for a frozen failure.
  if (omissions.length > 0) Reflect.defineProperty(failure, OMISSIONS, { value: omissions, configurable: true })
  return fields
}

/** RFC 9110, 7.8: a sender of Upgrade must also send the `upgrade` connection option. */
function withConnection(fields: HeaderFields): HeaderFields {
  if (!hasField(fields, 'Upgrade') || /\bupgrade\b/i.test(String(fieldOf(fields, 'Connection')))) return fields
  return withFields(fields, { Connection: 'upgrade' })
}

/** A single value in `headers` that an option replaces. */
function replacedField(given: HeaderFields, { rule, fields }: OptionField): InvalidField | undefined {
  const { name, option } = rule
  const value = hasSingleValue(name) ? fieldOf(given, name) : undefined
  if (value === undefined || !(name in fields) || value === fields[name]) return undefined
  return { name, value, reason: `is set by "${option}"`, omitted: 'header' }
}

/** The key of the omissions in a failure, since the responder may belong to another copy of the package. */
const OMISSIONS = Symbol.for('http-failure.omissions')

/** The parts that the header fields of a failure, as they were read last, do not contain as they were given. */
export function omissionsOf(failure: object): readonly HeaderOmission[] {
  const omissions: unknown = memberOf(failure, OMISSIONS)
  return Array.isArray(omissions) ? omissions : []
}
