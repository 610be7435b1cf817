import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type ExtensionMember, extensionMembers } from '../failure/extension.js'
import type { ParsedProblem } from '../problem/parse-problem.js'
import { setMember } from '../problem/problem-details.js'
import { ignoreRejection } from '../responder/hooks.js'
import type { RestorableClass } from './class-by-type.js'

/** The extension members of a problem document, sorted by where a failure has them. */
export interface RestoredMembers {
  /** The values of `@Extension()` fields. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly code: string | undefined
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Sorts extension members by what a class declares. What does not fit the schema of its field is nowhere. */
export async function restoredMembers(failureClass: RestorableClass, problem: ParsedProblem): Promise<RestoredMembers> {
  const members = extensionsIn(problem)
  const fields = {}
  for (const { name, schema } of declaredIn(members, failureClass)) {
    setMember(fields, name, await fitting(members[name], schema))
  }
  return { fields, ...undeclaredIn(members, failureClass) }
}

/** The same without waiting: what a schema has yet to find out is nowhere either. */
export function restoredMembersNow(failureClass: RestorableClass, problem: ParsedProblem): RestoredMembers {
  const members = extensionsIn(problem)
  const fields = {}
  for (const { name, schema } of declaredIn(members, failureClass)) {
    setMember(fields, name, fittingNow(members[name], schema))
  }
  return { fields, ...undeclaredIn(members, failureClass) }
}

type Members = Readonly<Record<string, unknown>>

function extensionsIn({ type, title, status, detail, instance, ...members }: ParsedProblem): Members {
  return members
}

function declaredIn(members: Members, failureClass: RestorableClass): readonly ExtensionMember[] {
  return extensionMembers(failureClass).filter(({ name }) => Object.hasOwn(members, name))
}

function undeclaredIn(members: Members, failureClass: RestorableClass): Omit<RestoredMembers, 'fields'> {
  const extensions = { ...members }
  for (const { name } of declaredIn(members, failureClass)) delete extensions[name]
  const { code, ...others } = extensions
  return typeof code === 'string' ? { code, extensions: others } : { code: undefined, extensions }
}

/** The value as its schema has it; `undefined` if it does not fit, or the schema cannot tell. */
async function fitting(value: unknown, schema: StandardSchemaV1 | undefined): Promise<unknown> {
  if (schema === undefined) return value
  try {
    return outputOf(await schema['~standard'].validate(value))
  } catch {
    return undefined
  }
}

function fittingNow(value: unknown, schema: StandardSchemaV1 | undefined): unknown {
  if (schema === undefined) return value
  try {
    const result = schema['~standard'].validate(value)
    ignoreRejection(result)
    return 'then' in result ? undefined : outputOf(result)
  } catch {
    return undefined
  }
}

function outputOf(result: StandardSchemaV1.Result<unknown>): unknown {
  return result.issues === undefined ? result.value : undefined
}
