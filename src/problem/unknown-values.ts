// Values of unknown origin: a getter or a proxy may throw when they are read.

/** A member of a value; `undefined` if it cannot be read. */
export function memberOf(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[name]
  } catch {
    return undefined
  }
}

/** An own member of an object; `undefined` if it cannot be read. */
export function ownMember(value: object, name: string): unknown {
  try {
    return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Whether a value is an object, but not an array. */
export function isRecord(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value)
}

/** Whether an object is not an instance of a class. A proxy may throw. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** Whether a value is an object with a method of that name. */
export function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
}

/** A member of an object, of its own or of its class, but not one that was added to every object. */
export function unpollutedMember(value: unknown, name: string): unknown {
  const member = memberOf(value, name)
  return member === memberOf(Object.prototype, name) ? undefined : member
}

/** The own properties of an object, in one without a prototype: `Object.prototype` may have been polluted. */
export function withoutPrototype<Value extends object>(value: Value): Value {
  return Object.assign(Object.create(null), value)
}

/** The value if it is a string; otherwise `undefined`. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
