import type { StandardSchemaV1 } from '@standard-schema/spec'
import { BadRequest } from '../failure/client-failures.js'
import { kindOf } from '../problem/kind-of.js'
import { demandJson } from './json-content.js'
import { depthOf } from './json-depth.js'
import { parseJson } from './parse-json.js'
import { type RequestWithBody, readText } from './read-text.js'
import { validationFailure } from './validation-failure.js'

/**
 * What {@link readJson} takes beside the request and the schema.
 *
 * @example const order = await readJson(request, Order, { limit: 10_000 })
 */
export interface ReadJsonOptions {
  /** The most bytes that are read, a positive integer; 1 MiB (1 048 576) by default. */
  readonly limit?: number | undefined
}

/**
 * Reads the content of a request as JSON that fits a Standard Schema (zod, valibot, arktype …), and gives what the
 * schema makes of it. Without a schema, it is any JSON value.
 *
 * | the content | the failure |
 * |---|---|
 * | is not declared as JSON in UTF-8, or is compressed | `UnsupportedMediaType`, with `Accept` or `Accept-Encoding` |
 * | is larger than the limit | `ContentTooLarge`, as soon as that is clear |
 * | is empty, breaks off, is not UTF-8, is not JSON | `BadRequest` |
 * | does not fit the schema | {@link validationFailure} |
 *
 * JSON is `application/json` and every type that ends in `+json`. RFC 8259, 11; RFC 6839, 3.1
 *
 * @example
 * ```ts
 * const { isbn } = await readJson(request, z.object({ isbn: z.string() }))
 * ```
 * @param request - a Fetch `Request`, or anything that has its `headers`, its `body` and its `bodyUsed`
 * @throws RangeError when the limit is not a positive integer
 * @throws TypeError when the content was read before, or the schema is not a Standard Schema
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
  { limit = DEFAULT_LIMIT }: ReadJsonOptions = {},
): Promise<unknown> {
  demandLimit(limit)
  if (schema !== undefined) demandSchema(schema)
  demandJson(request.headers)
  const text = await readText(request, limit)
  const value = parseJson(text)
  return schema === undefined ? value : validated(value, schema, text)
}

const DEFAULT_LIMIT = 1_048_576

function demandLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit > 0) return
  throw new RangeError(`The limit of readJson() is a positive number of bytes, not ${String(limit)}`)
}

function demandSchema(schema: Partial<StandardSchemaV1>): void {
  if (typeof schema?.['~standard']?.validate === 'function') return
  throw new TypeError(
    `readJson() takes a Standard Schema, such as one of zod, valibot or arktype, not ${kindOf(schema)}`,
  )
}

/**
 * What a schema makes of a value. One that throws has a bug, which is nobody's fault but the server's; unless the content
 * is nested so deeply that a schema which follows it has no chance.
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
    if (depthOf(text) <= DEEPEST) throw error
    throw new BadRequest('The content is nested too deeply.', { cause: error })
  }
}

/** Deeper than anybody means, and less deep than an engine goes. */
const DEEPEST = 500
