import { failurePhrases } from './failure-phrases.js'

/** The reason phrase of a registered 4xx or 5xx status; `undefined` for any other code. */
export function failurePhrase(status: number): string | undefined {
  return failurePhrases[status - 400]
}
