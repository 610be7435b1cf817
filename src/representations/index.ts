/**
 * The public names of http-failure/representations.
 *
 * @module http-failure/representations
 */

export { problemJson } from '../responder/problem-json.js'
export type { ContentNegotiator, RenderContext, Representation } from '../responder/representation.js'
export { byAccept } from './by-accept.js'
export { html } from './html.js'
export { text } from './text.js'
