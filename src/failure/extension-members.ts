import './symbol-metadata.js'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { setMember } from '../problem/problem-details.js'
import { DEEPEST_CLASS } from './class-depth.js'

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
  let members: readonly ExtensionMember[]
  try {
    const failureClass = failure.constructor
    // Most classes declare none.
    members = Reflect.get(failureClass, METADATA) === undefined ? NONE : extensionMembers(failureClass)
  } catch {
    // A failure may shadow its `constructor` with an accessor that throws.
    return fields
  }
  for (const { name } of members) {
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
  const metadata = (failureClass as unknown as WithMetadata)[METADATA]
  const known = membersByClass.get(failureClass)
  // An instance that a static block has created was read before the class got its metadata.
  if (known !== undefined && known.metadata === metadata) return known.members
  const members = collectedMembers(failureClass)
  membersByClass.set(failureClass, { metadata, members })
  return members
}

interface CollectedMembers {
  readonly metadata: ClassMetadata | undefined
  readonly members: readonly ExtensionMember[]
}

/** Collecting takes longer than the rest of a reply. */
const membersByClass = new WeakMap<Function, CollectedMembers>()

/** Not inherited through the metadata, since swc does not link that of a class to that of its base class. */
function collectedMembers(failureClass: Function): readonly ExtensionMember[] {
  let members: readonly ExtensionMember[] = NONE
  let declaring: unknown = failureClass
  for (let level = 0; typeof declaring === 'function' && level < DEEPEST_CLASS; level++) {
    members = members.reduce(withMember, ownMembers(declaring))
    declaring = Object.getPrototypeOf(declaring)
  }
  return members
}

function ownMembers(failureClass: Function): readonly ExtensionMember[] {
  const metadata = Object.hasOwn(failureClass, METADATA)
    ? (failureClass as unknown as WithMetadata)[METADATA]
    : undefined
  return ownOf(metadata)
}

/** Adds a member to the metadata of the class that declares it. */
export function addMember(metadata: ClassMetadata, member: ExtensionMember): void {
  metadata[EXTENSIONS] = withMember(ownOf(metadata), member)
}

function ownOf(metadata: ClassMetadata | undefined): readonly ExtensionMember[] {
  const own = metadata !== undefined && Object.hasOwn(metadata, EXTENSIONS) ? metadata[EXTENSIONS] : undefined
  return own ?? NONE
}

/** A member takes the place of one with its name. */
function withMember(members: readonly ExtensionMember[], member: ExtensionMember): readonly ExtensionMember[] {
  const known = members.findIndex(({ name }) => name === member.name)
  return known < 0 ? [...members, member] : members.with(known, member)
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
