/**
 * The public names of http-failure/node.
 *
 * @module http-failure/node
 */

export { sendFailure } from './send-failure.js'
export { writeReply } from './write-reply.js'
