import './symbol-metadata.js'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isObject } from '../problem/foreign-values.js'
import { setMember } from '../problem/problem-details.js'
import type { Failure } from './failure.js'

/**
 * The decorator that {@link Extension} gives: for a field or a getter of a Failure, under both kinds of decorators.
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

/** A public member of a class of failures. */
export interface ExtensionMember {
  readonly name: string
  /** What a value that comes from outside must fit. */
  readonly schema: StandardSchemaV1 | undefined
}

/**
 * Marks a field or a getter of a Failure as public: it is sent to the client as an extension member of the problem
 * document, and restored by `failureFrom`. Nothing that is not marked is ever sent. RFC 9457, 3.2
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
 * @param schema - a Standard Schema (zod, valibot, arktype …) that a restored value must fit, or it is left out
 * @throws TypeError when it decorates a method, a static or a private member, or one that a symbol names
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

/** The extension members that the class of a failure declares, with their values; one that cannot be read is left out. */
export function extensionFields(failure: Failure): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const { name } of extensionMembers(failure.constructor)) {
    try {
      setMember(fields, name, Reflect.get(failure, name))
    } catch {
      // A getter that throws has nothing to say.
    }
  }
  return fields
}

/** The members that a class and its ancestors declare as extensions, ancestors first. */
export function extensionMembers(failureClass: Function): readonly ExtensionMember[] {
  // Whoever shadows the constructor of a failure has no class to ask.
  const metadata: Metadata | undefined =
    typeof failureClass === 'function' ? (failureClass as unknown as Record<symbol, Metadata>)[METADATA] : undefined
  return metadata?.[EXTENSIONS] ?? NONE
}

const METADATA: symbol = [Reflect.get(Symbol, 'metadata'), Symbol.for('Symbol.metadata')].find(Boolean)
const EXTENSIONS = Symbol.for('http-failure.extensions')
const NONE: readonly ExtensionMember[] = []

interface Metadata {
  [EXTENSIONS]?: readonly ExtensionMember[]
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

/** Metadata inherits from that of the superclass, so a list of one's own begins with the inherited members. */
function addMember(metadata: Metadata, member: ExtensionMember): void {
  const members = metadata[EXTENSIONS] ?? NONE
  const known = members.findIndex(({ name }) => name === member.name)
  metadata[EXTENSIONS] = known < 0 ? [...members, member] : members.with(known, member)
}

/** The metadata of a class; legacy decorators have to make it, as standard ones do. */
function metadataOf(failureClass: Function): Metadata {
  if (!Object.hasOwn(failureClass, METADATA)) {
    const inherited: Metadata | undefined = Reflect.get(failureClass, METADATA)
    Object.defineProperty(failureClass, METADATA, { value: Object.create(inherited ?? null), configurable: true })
  }
  return Reflect.get(failureClass, METADATA)
}

function memberName({ kind, name, static: isStatic, private: isPrivate }: StandardContext): string {
  if (typeof name === 'string' && !isStatic && !isPrivate && kind !== 'method') return name
  throw unfit(`${isStatic ? 'static ' : ''}${isPrivate ? 'private ' : ''}${kind} \`${String(name)}\``)
}

function legacyName(target: unknown, name: unknown): string {
  if (typeof target === 'function') throw unfit(`static member \`${String(name)}\``)
  if (typeof name !== 'string') throw unfit(`member \`${String(name)}\``)
  if (isMethod(target as object, name)) throw unfit(`method \`${name}\``)
  return name
}

function isMethod(prototype: object, name: string): boolean {
  return typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function'
}

function unfit(met: string): TypeError {
  return new TypeError(`@Extension() decorates fields and getters that a string names, not the ${met}`)
}
