import { copyMetadata } from './metadata-reflection.js'

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
