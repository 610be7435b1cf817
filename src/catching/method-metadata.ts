/** `reflect-metadata`, as far as it is used here. */
export interface MetadataReflection {
  getOwnMetadataKeys(target: object): unknown[]
  getOwnMetadata(key: unknown, target: object): unknown
  getMetadata(key: unknown, target: object, property?: string | symbol): unknown
  defineMetadata(key: unknown, value: unknown, target: object, property?: string | symbol): void
}

/** `undefined` if `reflect-metadata` is not loaded. Read on each use, since it may be loaded at any time. */
export function metadataReflection(): MetadataReflection | undefined {
  return 'getOwnMetadataKeys' in Reflect ? (Reflect as unknown as MetadataReflection) : undefined
}

/**
 * Copies the name, length, own properties and metadata of one function to its replacement.
 *
 * Frameworks store metadata on the function of a method: without the copies, a method with `@CatchingFailure()` above
 * `@Get()` would not be a route.
 */
export function standInFor<Replacement extends Function>(original: Function, replacement: Replacement): Replacement {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype') continue
    Object.defineProperty(replacement, key, Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor)
  }
  copyMetadata(original, replacement)
  return replacement
}

/** Copies all metadata of one function to another. */
function copyMetadata(from: Function, to: Function): void {
  const reflection = metadataReflection()
  for (const key of reflection?.getOwnMetadataKeys(from) ?? []) {
    reflection?.defineMetadata(key, reflection.getOwnMetadata(key, from), to)
  }
}
