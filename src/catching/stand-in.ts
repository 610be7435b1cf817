import { copyMetadata } from './metadata-reflection.js'

/**
 * Makes a function pass for another: its name, its length, its own properties and its reflected metadata.
 *
 * Frameworks keep what they know of a method with the function: without the copies, a method that is decorated
 * above `@Get()` would be no route.
 */
export function standInFor<Replacement extends Function>(original: Function, replacement: Replacement): Replacement {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype') continue
    Object.defineProperty(replacement, key, Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor)
  }
  copyMetadata(original, replacement)
  return replacement
}
