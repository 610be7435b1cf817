import { HttpStatus } from './http-status.js'

/**
 * The phrases of the statuses that report a failure, from that of 400 on; a code that is not registered has none.
 *
 * A list, since the engine makes a hash table of an object whose names are numbers, and a phrase is looked up several
 * times for a failure. The build writes it out, so that a bundle that makes failures, and does not ask for `HttpStatus`,
 * holds these alone.
 */
export const failurePhrases: readonly (string | undefined)[] = /*@__PURE__*/ phrasesFrom(400)

function phrasesFrom(first: number): string[] {
  const phrases: string[] = []
  for (const { code, phrase } of HttpStatus) {
    if (code >= first) phrases[code - first] = phrase
  }
  return phrases
}
