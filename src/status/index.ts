/**
 * The public names of http-failure/status.
 *
 * @module http-failure/status
 */

export * from './codes.js'
export { HttpStatus, type HttpStatusCode, type HttpStatusInfo, type HttpStatusName } from './http-status.js'
export type { HttpStatusRegistration } from './status-row.js'
