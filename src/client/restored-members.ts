import type { StandardSchemaV1 } from '@standard-schema/spec'
import { extensionMembers } from '../failure/extension.js'
import { setMember } from '../problem/problem-details.js'
import type { RestorableClass } from './class-by-type.js'

/** The extension members of a problem document, sorted by where a failure has them. */
export interface RestoredMembers {
  /** The values of `@Extension()` fields. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly code: string | undefined
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Sorts extension members by what a class declares. What does not fit the schema of its field is nowhere. */
export async function restoredMembers(
  failureClass: RestorableClass,
  members: Readonly<Record<string, unknown>>,
): Promise<RestoredMembers> {
  const fields = {}
  const extensions = { ...members }
  for (const { name, schema } of extensionMembers(failureClass)) {
    if (!Object.hasOwn(members, name)) continue
    setMember(fields, name, await fitting(members[name], schema))
    delete extensions[name]
  }
  const { code, ...others } = extensions
  return typeof code === 'string' ? { fields, code, extensions: others } : { fields, code: undefined, extensions }
}

/** The value as its schema has it; `undefined` if it does not fit, or the schema cannot tell. */
async function fitting(value: unknown, schema: StandardSchemaV1 | undefined): Promise<unknown> {
  if (schema === undefined) return value
  try {
    const result = await schema['~standard'].validate(value)
    return result.issues === undefined ? result.value : undefined
  } catch {
    return undefined
  }
}
