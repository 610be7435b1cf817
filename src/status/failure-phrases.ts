import { HttpStatus } from './http-status.js'

/**
 * The phrases of the statuses that report a failure, by code.
 *
 * The build writes them out, so that a bundle that makes failures, and does not ask for `HttpStatus`, holds these alone.
 */
export const failurePhrases: Readonly<Record<number, string | undefined>> = /*@__PURE__*/ Object.fromEntries(
  [...HttpStatus].filter(({ code }) => code >= 400).map(({ code, phrase }) => [code, phrase]),
)
