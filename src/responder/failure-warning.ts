/**
 * The codes of warnings. The guide "Warnings" lists the remedy for each.
 *
 * @example const ignored: readonly FailureWarningCode[] = ['UNPORTABLE_MEMBER_NAME']
 */
export type FailureWarningCode =
  | 'HOOK_THREW'
  | 'HOOK_RETURNED_PROMISE'
  | 'INVALID_HOOK_RESULT'
  | 'INVALID_HEADER'
  | 'MISSING_HEADER'
  | 'INVALID_PROBLEM'
  | 'PROBLEM_TOO_LARGE'
  | 'UNPORTABLE_MEMBER_NAME'
  | 'RESPONSE_NOT_WRITTEN'

/**
 * A warning for developers: something was left out of a response, or an option is wrong. Passed to `onWarning`, never sent
 * to a client.
 *
 * @example
 * ```ts
 * const onWarning = (warning: FailureWarning) => log.warn(`${warning.code}: ${warning.message}`)
 * ```
 */
export class FailureWarning extends Error {
  override readonly name = 'FailureWarning'

  /** Identifies the kind of warning, for filters. */
  readonly code: FailureWarningCode

  constructor(message: string, options: { readonly code: FailureWarningCode; readonly cause?: unknown }) {
    super(message, options)
    this.code = options.code
  }
}

/** Receives warnings. */
export type Warn = (warning: FailureWarning) => void

/** The default of `onWarning`: a process warning, in runtimes that have them. */
export function emitWarning(warning: FailureWarning): void {
  globalThis.process?.emitWarning?.(warning)
}
