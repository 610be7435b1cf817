import type { HeaderFields } from './reply.js'
import type { HeaderRule } from './status-rules.js'

/** The header fields that an option sets, and its parts that cannot be sent as they are. */
export interface OptionField {
  readonly rule: Pick<HeaderRule, 'option' | 'name'>
  readonly value: unknown
  readonly fields: HeaderFields
  /** Parts that are left out. */
  readonly omitted: readonly unknown[]
  /** Parts with characters that are sent as `?`. */
  readonly replaced: readonly unknown[]
  /** Parts that are sent with an empty realm. */
  readonly completed: readonly unknown[]
}

/** Builds the header fields for the value of an option. */
export function optionField(rule: HeaderRule, value: unknown): OptionField {
  const parts = { omitted: [] as unknown[], replaced: [] as unknown[], completed: [] as unknown[] }
  const fields = rule.build(value, (part, change) => void parts[change ?? 'omitted'].push(part))
  return { rule, value, fields, ...parts }
}

/** Whether the header fields contain all of an option. */
export function isSentAsGiven({ rule, fields, omitted, replaced, completed }: OptionField): boolean {
  return rule.name in fields && omitted.length + replaced.length + completed.length === 0
}
