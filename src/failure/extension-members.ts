import './symbol-metadata.js'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { setMember } from '../problem/problem-details.js'

// The extension members that a class declares with `@Extension()`, in its metadata.

/** An extension member declared by a failure class. */
export interface ExtensionMember {
  readonly name: string
  /** Validates a received value. */
  readonly schema: StandardSchemaV1 | undefined
}

/** The declared extension members of a failure with their values; members that cannot be read are left out. */
export function extensionFields(failure: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  // A failure may shadow its `constructor`.
  const failureClass = failure.constructor as unknown as WithMetadata | undefined
  for (const { name } of failureClass?.[METADATA]?.[EXTENSIONS] ?? NONE) {
    try {
      setMember(fields, name, Reflect.get(failure, name))
    } catch {
      // A getter may throw.
    }
  }
  return fields
}

/** The extension members declared by a class and its base classes, base classes first. */
export function extensionMembers(failureClass: Function): readonly ExtensionMember[] {
  return (failureClass as unknown as WithMetadata)[METADATA]?.[EXTENSIONS] ?? NONE
}

/** Metadata inherits from the superclass, so the list of a class starts with the inherited members. */
export function addMember(metadata: ClassMetadata, member: ExtensionMember): void {
  const members = metadata[EXTENSIONS] ?? NONE
  const known = members.findIndex(({ name }) => name === member.name)
  metadata[EXTENSIONS] = known < 0 ? [...members, member] : members.with(known, member)
}

/** The metadata of a class; with legacy decorators, it must be created here. */
export function metadataOf(failureClass: Function): ClassMetadata {
  if (!Object.hasOwn(failureClass, METADATA)) {
    const inherited: ClassMetadata | undefined = Reflect.get(failureClass, METADATA)
    Object.defineProperty(failureClass, METADATA, { value: Object.create(inherited ?? null), configurable: true })
  }
  return Reflect.get(failureClass, METADATA)
}

const METADATA: symbol = [Reflect.get(Symbol, 'metadata'), Symbol.for('Symbol.metadata')].find(Boolean)
const EXTENSIONS = Symbol.for('http-failure.extensions')
const NONE: readonly ExtensionMember[] = []

/** The metadata of a class, as standard decorators receive it. */
export interface ClassMetadata {
  [EXTENSIONS]?: readonly ExtensionMember[]
}

interface WithMetadata {
  readonly [key: symbol]: ClassMetadata | undefined
}
