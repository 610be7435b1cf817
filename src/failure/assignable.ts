/**
 * Adds setters to the read-only accessors of a failure class and its base classes, once per class. Frameworks assign
 * them: Koa the `status` of an error, `http-errors` its `expose`, older compilers the fields of a subclass. The value is set
 * on that one failure. In TypeScript, the accessors stay read-only.
 */
export function makeAssignable(failureClass: Function): void {
  for (let current = failureClass; !done.has(current) && current !== Error; current = Object.getPrototypeOf(current)) {
    done.add(current)
    for (const name of ASSIGNED) addSetter(current.prototype, name)
  }
}

/** Sets an own property that shadows an inherited accessor. */
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
