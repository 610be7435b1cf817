/**
 * The JSON Schema of problem details, for the responses of a route. RFC 9457, 3
 *
 * @example
 * ```ts
 * app.get('/books/:isbn', { schema: { response: { '4xx': problemSchema } } }, handler)
 * ```
 */
export const problemSchema = {
  type: 'object',
  description: 'Problem details, as defined in RFC 9457.',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The problem type.' },
    title: { type: 'string', description: 'A summary of the problem type.' },
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'The status code.' },
    detail: { type: 'string', description: 'An explanation of this occurrence.' },
    instance: { type: 'string', format: 'uri-reference', description: 'A reference to this occurrence.' },
  },
  additionalProperties: true,
} as const
