import './symbol-metadata.js'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isObject } from '../problem/foreign-values.js'
import { setMember } from '../problem/problem-details.js'
import type { Failure } from './failure.js'

/**
 * The decorator returned by {@link Extension}, for a field or a getter of a Failure. Legacy and standard decorators.
 *
 * @example const Text: ExtensionDecorator = Extension(z.string())
 */
export interface ExtensionDecorator {
  // legacy
  (prototype: Failure, name: string, descriptor?: PropertyDescriptor): void
  // standard
  (value: unknown, context: ExtensionContext): void
}

type ExtensionContext = (
  | ClassFieldDecoratorContext<Failure>
  | ClassGetterDecoratorContext<Failure>
  | ClassAccessorDecoratorContext<Failure>
) & { readonly static: false; readonly private: false }

/** An extension member declared by a failure class. */
export interface ExtensionMember {
  readonly name: string
  /** Validates a received value. */
  readonly schema: StandardSchemaV1 | undefined
}

/**
 * Marks a field or a getter of a Failure as public: it is sent to the client as an extension member of the problem
 * details, and restored by `failureFromResponse`. Other fields are never sent. RFC 9457, 3.2
 *
 * @example
 * ```ts
 * class OutOfStock extends Conflict {
 *   @Extension() readonly isbn: string
 *   @Extension(z.number()) readonly copies = 0
 *
 *   constructor(isbn: string) {
 *     super(`No copy of ${isbn} is left.`)
 *     this.isbn = isbn
 *   }
 * }
 * ```
 * @param schema - a Standard Schema (zod, valibot, arktype …) that validates a restored value; an invalid one is left out
 * @throws TypeError when it decorates a method, a static or private member, or a member named by a symbol
 */
export function Extension(schema?: StandardSchemaV1): ExtensionDecorator {
  return (target: unknown, nameOrContext: unknown) => {
    if (isStandardContext(nameOrContext)) {
      addMember(nameOrContext.metadata, { name: memberName(nameOrContext), schema })
    } else {
      addMember(metadataOf((target as object).constructor), { name: legacyName(target, nameOrContext), schema })
    }
  }
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

const METADATA: symbol = [Reflect.get(Symbol, 'metadata'), Symbol.for('Symbol.metadata')].find(Boolean)
const EXTENSIONS = Symbol.for('http-failure.extensions')
const NONE: readonly ExtensionMember[] = []

interface Metadata {
  [EXTENSIONS]?: readonly ExtensionMember[]
}

interface WithMetadata {
  readonly [key: symbol]: Metadata | undefined
}

interface StandardContext {
  readonly kind: string
  readonly name: string | symbol
  readonly static: boolean
  readonly private: boolean
  readonly metadata: Metadata
}

function isStandardContext(value: unknown): value is StandardContext {
  return isObject(value)
}

/** Metadata inherits from the superclass, so the list of a class starts with the inherited members. */
function addMember(metadata: Metadata, member: ExtensionMember): void {
  const members = metadata[EXTENSIONS] ?? NONE
  const known = members.findIndex(({ name }) => name === member.name)
  metadata[EXTENSIONS] = known < 0 ? [...members, member] : members.with(known, member)
}

/** The metadata of a class; with legacy decorators, it must be created here. */
function metadataOf(failureClass: Function): Metadata {
  if (!Object.hasOwn(failureClass, METADATA)) {
    const inherited: Metadata | undefined = Reflect.get(failureClass, METADATA)
    Object.defineProperty(failureClass, METADATA, { value: Object.create(inherited ?? null), configurable: true })
  }
  return Reflect.get(failureClass, METADATA)
}

function memberName({ kind, name, static: isStatic, private: isPrivate }: StandardContext): string {
  if (typeof name === 'string' && !isStatic && !isPrivate && kind !== 'method') return name
  throw invalidTarget(`${isStatic ? 'static ' : ''}${isPrivate ? 'private ' : ''}${kind} "${String(name)}"`)
}

function legacyName(target: unknown, name: unknown): string {
  if (typeof target === 'function') throw invalidTarget(`static member "${String(name)}"`)
  if (typeof name !== 'string') throw invalidTarget(`member "${String(name)}"`)
  if (isMethod(target as object, name)) throw invalidTarget(`method "${name}"`)
  return name
}

function isMethod(prototype: object, name: string): boolean {
  return typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function'
}

function invalidTarget(received: string): TypeError {
  return new TypeError(`@Extension() must decorate a field or getter with a string name, received ${received}`)
}
