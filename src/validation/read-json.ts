import type { StandardSchemaV1 } from '@standard-schema/spec'
import { BadRequest } from '../failure/client-failures.js'
import { formatValue } from '../problem/format-value.js'
import { ownOptions } from '../problem/own-options.js'
import { requireJson } from './json-content.js'
import { parseJson } from './parse-json.js'
import { type RequestWithBody, readText } from './read-text.js'
import { validationFailure } from './validation-failure.js'

/**
 * The options of {@link readJson}.
 *
 * @example const order = await readJson(request, Order, { limit: 10_000 })
 */
export interface ReadJsonOptions {
  /** The largest accepted body in bytes, a positive integer. Default: 1,048,576 (1 MiB). */
  readonly limit?: number | undefined
}

/**
 * Reads the body of a request as JSON and validates it with a Standard Schema (zod, valibot, arktype …). Resolves with the
 * output of the schema; without a schema, with any JSON value.
 *
 * | the body | rejects with |
 * |---|---|
 * | is not declared as JSON in UTF-8, or is compressed | `UnsupportedMediaType`, with `Accept` or `Accept-Encoding` |
 * | exceeds the limit | `ContentTooLarge`, as soon as this is known |
 * | is empty, truncated, not UTF-8, or not JSON | `BadRequest` |
 * | fails validation | {@link validationFailure} |
 *
 * The media type must be `application/json` or end with `+json`. RFC 8259, 11; RFC 6839, 3.1
 *
 * @example
 * ```ts
 * const { isbn } = await readJson(request, z.object({ isbn: z.string() }))
 * ```
 * @param request - a Fetch `Request`, or an object with the same `headers`, `body` and `bodyUsed`
 * @throws RangeError when the limit is not a positive integer
 * @throws TypeError when the body was already read, or the schema is not a Standard Schema
 */
export function readJson(request: RequestWithBody, schema?: undefined, options?: ReadJsonOptions): Promise<unknown>
export function readJson<Schema extends StandardSchemaV1>(
  request: RequestWithBody,
  schema: Schema,
  options?: ReadJsonOptions,
): Promise<StandardSchemaV1.InferOutput<Schema>>
export async function readJson(
  request: RequestWithBody,
  schema?: StandardSchemaV1,
  options: ReadJsonOptions = {},
): Promise<unknown> {
  const { limit = DEFAULT_LIMIT } = ownOptions(options, 'readJson')
  assertLimit(limit)
  if (schema !== undefined) assertSchema(schema)
  requireJson(request.headers)
  const text = await readText(request, limit)
  const value = parseJson(text)
  return schema === undefined ? value : validated(value, schema, text)
}

const DEFAULT_LIMIT = 1_048_576

function assertLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit > 0) return
  throw new RangeError(`readJson: "limit" must be a positive integer, received ${formatValue(limit)}`)
}

function assertSchema(schema: Partial<StandardSchemaV1>): void {
  if (typeof schema?.['~standard']?.validate === 'function') return
  throw new TypeError(
    `readJson: "schema" must be a Standard Schema (zod, valibot, arktype …), received ${formatValue(schema)}`,
  )
}

/**
 * The output of a schema. A schema that throws is a bug of the server, unless the content is nested so deeply that any
 * recursive schema overflows the stack.
 */
async function validated(value: unknown, schema: StandardSchemaV1, text: string): Promise<unknown> {
  const result = await resultOf(value, schema, text)
  if (result.issues) throw validationFailure(result.issues)
  return result.value
}

async function resultOf(
  value: unknown,
  schema: StandardSchemaV1,
  text: string,
): Promise<StandardSchemaV1.Result<unknown>> {
  try {
    return await schema['~standard'].validate(value)
  } catch (error) {
    if (depthOf(text) <= DEEPEST_JSON) throw error
    throw new BadRequest('The body is nested too deeply.', { cause: error })
  }
}

/** Deeper than any real document, and less deep than the stack of an engine. */
const DEEPEST_JSON = 500

/** The depth of nesting of a JSON text, measured without recursion. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [bracket] of text.replace(STRINGS, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > deepest) deepest = depth
  }
  return deepest
}

/** Brackets within strings don't count. RFC 8259, 7 */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"/gs
