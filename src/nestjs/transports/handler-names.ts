import type { Type } from '@nestjs/common'
import type { ModulesContainer } from '@nestjs/core'
import { type MetadataReflection, metadataReflection } from '../../catching/method-metadata.js'

/** The names of the methods that handle messages, events and fields: `Orders.place`. */
export class HandlerNames {
  private names: ReadonlyMap<string, string> | undefined

  /** @param modules - the modules of the application; without them, handlers have no names */
  constructor(private readonly modules: ModulesContainer | undefined) {}

  /** The name for a transport and a pattern; `undefined` if it is unknown. */
  of(transport: string, pattern: string | undefined): string | undefined {
    this.names ??= handlersByPattern(
      [...(this.modules?.values() ?? [])].flatMap(({ controllers, providers }) => [
        ...classesAmong(controllers),
        ...classesAmong(providers),
      ]),
    )
    return this.names.get(`${transport} ${pattern}`)
  }
}

/** A pattern as one string. Keys are sorted, as Nest does: the order of those in a message may differ. */
export function formatPattern(pattern: unknown): string {
  if (typeof pattern !== 'string') return JSON.stringify(sorted(pattern)) ?? String(pattern)
  try {
    return pattern.startsWith('{') ? JSON.stringify(sorted(JSON.parse(pattern))) : pattern
  } catch {
    return pattern
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [name, sorted(member)])
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

type Wrappers = ReadonlyMap<unknown, { readonly metatype?: Type | Function | null }>

function classesAmong(wrappers: Wrappers): Function[] {
  return [...wrappers.values()].map(({ metatype }) => metatype).filter((metatype) => typeof metatype === 'function')
}

function handlersByPattern(classes: readonly Function[]): ReadonlyMap<string, string> {
  const reflection = metadataReflection() as MetadataReflection
  const names = new Map<string, string>()
  for (const handlerClass of new Set(classes)) {
    for (const [name, method] of methodsOf(handlerClass.prototype)) {
      for (const key of keysOf(handlerClass, method, name, reflection)) {
        // Several methods may handle the same message: those of two namespaces, or of two transports.
        const known = names.get(key)
        const handler = `${handlerClass.name}.${name}`
        names.set(key, known === undefined || known === handler ? handler : `${known} | ${handler}`)
      }
    }
  }
  return names
}

/** The methods of a class and its base classes. */
function* methodsOf(prototype: object | undefined): Iterable<[name: string, method: Function]> {
  for (let current = prototype; current && current !== Object.prototype; current = Object.getPrototypeOf(current)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(current))) {
      if (typeof value === 'function' && name !== 'constructor') yield [name, value]
    }
  }
}

/** The transport and pattern of each message that a method handles, from the metadata of Nest's decorators. */
function keysOf(handlerClass: Function, method: Function, name: string, reflection: MetadataReflection): string[] {
  const read = (key: string, target = method) => reflection.getMetadata(key, target)
  const patterns = read('microservices:pattern')
  const event = read('websockets:message_mapping') === true ? read('message') : undefined
  const isField = read('graphql:resolve_property') === true
  const type = isField ? typeOfFields((key) => read(key, handlerClass)) : read('graphql:resolver_type')
  return [
    ...(Array.isArray(patterns) ? patterns.map((pattern) => `rpc ${formatPattern(pattern)}`) : []),
    ...(event === undefined ? [] : [`ws ${formatPattern(event)}`]),
    ...(typeof type === 'string' ? [`graphql ${type}.${read('graphql:resolver_name') ?? name}`] : []),
  ]
}

/** The type whose fields a resolver resolves: `@Resolver('Book')` or `@Resolver(() => Book)`. */
function typeOfFields(read: (key: string) => unknown): unknown {
  const type = read('graphql:resolver_type')
  try {
    return read('graphql:resolver_name') ?? (typeof type === 'function' ? type().name : undefined)
  } catch {
    // It is a function of the application.
    return undefined
  }
}
