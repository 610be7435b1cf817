/**
 * Tells a developer what was left out of an answer, or what is wrong with a policy. Never sent to a client.
 *
 * @example const onWarning = (warning: FailureWarning) => log.warn(warning.message)
 */
export class FailureWarning extends Error {
  override readonly name = 'FailureWarning'
}

/** What gets the warnings. */
export type Warn = (warning: FailureWarning) => void

/** The default of `onWarning`: the warnings of the process, where there is one. */
export function emitWarning(warning: FailureWarning): void {
  globalThis.process?.emitWarning?.(warning)
}
