/**
 * The public names of http-failure/hono.
 *
 * @module http-failure/hono
 */

export { failures } from './failures.js'
export { notFound, onError } from './handlers.js'
export { problem } from './problem.js'
