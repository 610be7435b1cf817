import type { Warn } from './failure-warning.js'
import type { FailureResponderOptions } from './responder-options.js'

/** The options of a responder, and where its warnings go. */
export interface WarningPolicy {
  readonly options: FailureResponderOptions
  readonly warn: Warn
}
