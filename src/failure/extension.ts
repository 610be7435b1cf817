import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isObject } from '../problem/unknown-values.js'
import { addMember, type ClassMetadata, metadataOf } from './extension-members.js'
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
 * @throws TypeError when it decorates a method, a static or private member, or a member named by a symbol, and with a compiler
 *   that provides no metadata to standard decorators
 */
export function Extension(schema?: StandardSchemaV1): ExtensionDecorator {
  return (target: unknown, nameOrContext: unknown) => {
    if (isStandardContext(nameOrContext)) {
      const { metadata } = nameOrContext
      if (metadata === undefined) throw withoutMetadata()
      addMember(metadata, { name: memberName(nameOrContext), schema })
    } else {
      const name = legacyName(target, nameOrContext)
      addMember(metadataOf((target as object).constructor), { name, schema })
    }
  }
}

interface StandardContext {
  readonly kind: string
  readonly name: string | symbol
  readonly static: boolean
  readonly private: boolean
  readonly metadata: ClassMetadata | undefined
}

function isStandardContext(value: unknown): value is StandardContext {
  return isObject(value)
}

function memberName({ kind, name, static: isStatic, private: isPrivate }: StandardContext): string {
  if (typeof name === 'string' && !isStatic && !isPrivate && kind !== 'method' && kind !== 'class') return name
  throw notAMember(`${isStatic ? 'static ' : ''}${isPrivate ? 'private ' : ''}${kind} "${String(name)}"`)
}

function legacyName(target: unknown, name: unknown): string {
  // Version "2018-09" of Babel's decorators passes one object.
  if (name === undefined) throw typeof target === 'function' ? notAMember('a class') : withoutMetadata()
  if (typeof target === 'function') throw notAMember(`static member "${String(name)}"`)
  if (typeof name !== 'string') throw notAMember(`member "${String(name)}"`)
  if (isMethod(target as object, name)) throw notAMember(`method "${name}"`)
  return name
}

function isMethod(prototype: object, name: string): boolean {
  return typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function'
}

/** TypeScript has metadata since 5.2, Babel since version 2023-05 of its decorators. */
function withoutMetadata(): TypeError {
  const remedy = 'use TypeScript 5.2 or later, or version "2023-11" of @babel/plugin-proposal-decorators'
  return new TypeError(`@Extension() needs the metadata of decorators, which the compiler does not provide: ${remedy}`)
}

function notAMember(received: string): TypeError {
  return new TypeError(`@Extension() must decorate a field or getter with a string name, received ${received}`)
}
