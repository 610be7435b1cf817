/**
 * The public names of http-failure/koa.
 *
 * @module http-failure/koa
 */

export { failures } from './failures.js'
