import { HttpStatus } from './http-status.js'

/**
 * The reason phrases from 400 on, by code minus 400; unregistered codes have none.
 *
 * An array, since V8 stores an object with numeric keys as a hash table, which is slower to read. The build replaces it
 * with a literal, so that bundles with failures but without `HttpStatus` don't contain the status table.
 */
export const failurePhrases: readonly (string | undefined)[] = /*@__PURE__*/ phrasesFrom(400)

function phrasesFrom(first: number): string[] {
  const phrases: string[] = []
  for (const { code, phrase } of HttpStatus) {
    if (code >= first) phrases[code - first] = phrase
  }
  return phrases
}
