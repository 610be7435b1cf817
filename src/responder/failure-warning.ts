import { withoutStackTrace } from '../failure/stack-traces.js'

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
  | 'TITLE_WITHOUT_TYPE'
  | 'RELATIVE_TYPE'
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

  /** The hook, option, header field or member that the warning is about, if there is one. */
  readonly subject: string | undefined

  constructor(
    message: string,
    options: { readonly code: FailureWarningCode; readonly subject?: string | undefined; readonly cause?: unknown },
  ) {
    super(message, options)
    this.code = options.code
    this.subject = options.subject
  }
}

type WarningOptions = ConstructorParameters<typeof FailureWarning>[1]

/** A warning without a stack trace, which would lead here; the cause may have one. */
export function failureWarning(message: string, options: WarningOptions): FailureWarning {
  return withoutStackTrace(() => new FailureWarning(message, options))
}

/** Receives warnings. */
export type Warn = (warning: FailureWarning) => void

/** The default of `onWarning`: a process warning, in runtimes that have them. */
export function emitWarning(warning: FailureWarning): void {
  globalThis.process?.emitWarning?.(warning)
}
