import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type ExtensionMember, extensionMembers } from '../failure/extension-members.js'
import type { ParsedProblem } from '../problem/parse-problem.js'
import { setMember } from '../problem/problem-details.js'
import { withoutPrototype } from '../problem/unknown-values.js'
import { ignoreRejection } from '../responder/hooks.js'
import type { RestorableClass } from './class-by-type.js'

/** The extension members of received problem details, by where a failure stores them. */
export interface RestoredMembers {
  /** The values of `@Extension()` fields. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly code: string | undefined
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Assigns extension members to the fields that a class declares. Values that fail the schema of their field are left out. */
export async function restoredMembers(failureClass: RestorableClass, problem: ParsedProblem): Promise<RestoredMembers> {
  const members = extensionsIn(problem)
  const fields = {}
  for (const { name, schema } of declaredIn(members, failureClass)) {
    setMember(fields, name, await validatedValue(members[name], schema))
  }
  return { fields, ...undeclaredIn(members, failureClass) }
}

/** The synchronous version: fields with an asynchronous schema are left out, too. */
export function restoredMembersNow(failureClass: RestorableClass, problem: ParsedProblem): RestoredMembers {
  const members = extensionsIn(problem)
  const fields = {}
  for (const { name, schema } of declaredIn(members, failureClass)) {
    setMember(fields, name, validatedNow(members[name], schema))
  }
  return { fields, ...undeclaredIn(members, failureClass) }
}

type ReceivedMembers = Readonly<Record<string, unknown>>

function extensionsIn({ type, title, status, detail, instance, ...members }: ParsedProblem): ReceivedMembers {
  return members
}

function declaredIn(members: ReceivedMembers, failureClass: RestorableClass): readonly ExtensionMember[] {
  return extensionMembers(failureClass).filter(({ name }) => Object.hasOwn(members, name))
}

function undeclaredIn(members: ReceivedMembers, failureClass: RestorableClass): Omit<RestoredMembers, 'fields'> {
  const extensions: Record<string, unknown> = withoutPrototype(members)
  for (const { name } of declaredIn(members, failureClass)) delete extensions[name]
  const { code, ...others } = extensions
  return typeof code === 'string' ? { code, extensions: others } : { code: undefined, extensions: { ...extensions } }
}

/** The output of the schema; `undefined` if the value is invalid or the schema throws. */
async function validatedValue(value: unknown, schema: StandardSchemaV1 | undefined): Promise<unknown> {
  if (schema === undefined) return value
  try {
    return outputOf(await schema['~standard'].validate(value))
  } catch {
    return undefined
  }
}

function validatedNow(value: unknown, schema: StandardSchemaV1 | undefined): unknown {
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
