import type { Context } from 'hono'
import type { Failure } from '../failure/failure.js'
import { isFailure } from '../failure/is-failure.js'
import { parseJson } from '../validation/parse-json.js'

/**
 * The failure for the error of `c.req.json()`, a native `SyntaxError`. It is recognized by its message: Hono keeps the text of the
 * body, which is parsed once more. `undefined` for any other error.
 */
export async function failureOfBody(error: unknown, { req }: Context): Promise<Failure | undefined> {
  if (!(error instanceof SyntaxError) || req.bodyCache.text === undefined) return undefined
  try {
    const text = await req.bodyCache.text
    if (syntaxErrorOf(text) === error.message) parseJson(text)
  } catch (failure) {
    // Reading the body may fail as well.
    if (isFailure(failure)) return failure
  }
  return undefined
}

function syntaxErrorOf(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
