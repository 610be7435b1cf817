import { failurePhrases } from './failure-phrases.js'

/** The phrase of a status that reports a failure; `undefined` for any other code. */
export function failurePhrase(status: number): string | undefined {
  return failurePhrases[status - 400]
}
