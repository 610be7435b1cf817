/**
 * The public names of http-failure/express.
 *
 * @module http-failure/express
 */

export { failureHandler } from './failure-handler.js'
export { type NotFoundOptions, notFound } from './not-found.js'
