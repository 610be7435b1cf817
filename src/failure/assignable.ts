/**
 * Lets the accessors of a class of failures be assigned to, where the class has a getter alone. Frameworks do it: Koa
 * writes the `status` of an error, `http-errors` its `expose`, older compilers the fields of a subclass. The value then
 * belongs to that one failure.
 *
 * Once for each class, and for the classes above it; in TypeScript the accessors stay read-only.
 */
export function makeAssignable(failureClass: Function): void {
  for (let current = failureClass; !done.has(current) && current !== Error; current = Object.getPrototypeOf(current)) {
    done.add(current)
    for (const name of ASSIGNED) addSetter(current.prototype, name)
  }
}

/** Gives an object a value of its own, where what it inherits is an accessor. */
export function setOwn(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, configurable: true })
}

const done = new WeakSet<Function>()

const ASSIGNED = [
  'name',
  'message',
  'status',
  'statusCode',
  'expose',
  'type',
  'title',
  'code',
  'detail',
  'instance',
  'extensions',
  'headers',
  'retryAfter',
]

function addSetter(prototype: object, name: string): void {
  const accessor = Object.getOwnPropertyDescriptor(prototype, name)
  if (accessor?.get === undefined || accessor.set !== undefined || !accessor.configurable) return
  Object.defineProperty(prototype, name, {
    ...accessor,
    set(this: object, value: unknown): void {
      setOwn(this, name, value)
    },
  })
}
