/**
 * The public names of http-failure/fastify.
 *
 * @module http-failure/fastify
 */

export { type FailuresOptions, failures, failures as default } from './failures.js'
export { frameworkErrors } from './framework-errors.js'
export { problemSchema } from './problem-schema.js'
