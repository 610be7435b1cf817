import { memberOf } from '../problem/unknown-values.js'
import { emitWarning, type FailureWarning, type Warn } from './failure-warning.js'
import { notify } from './hooks.js'
import type { FailureResponderOptions } from './responder-options.js'

/** The options of a responder, and where its warnings go. */
export interface WarningPolicy {
  readonly options: FailureResponderOptions
  readonly warn: Warn
}

/** The reported warnings by options and class. */
const reportedWarnings = new WeakMap<FailureResponderOptions, WeakMap<object, Set<string>>>()

/** Names of header fields may come from a client. */
const MOST_WARNINGS = 1000

/**
 * Passes a warning to `onWarning`, but only the first one of its kind for a class: clients could fill a log otherwise. The
 * kind is the code with the hook, option, header field or member. Never throws.
 */
export function warnOnce(options: FailureResponderOptions, failure: unknown, warning: FailureWarning): void {
  const reported = reportedFor(options, failure)
  const kind = `${warning.code} ${warning.subject}`
  if (reported.has(kind) || reported.size >= MOST_WARNINGS) return
  reported.add(kind)
  const { onWarning = emitWarning } = options
  notify('onWarning', () => undefined, onWarning, warning)
}

function reportedFor(options: FailureResponderOptions, failure: unknown): Set<string> {
  const given = memberOf(failure, 'constructor')
  const failureClass = typeof given === 'function' ? given : WITHOUT_CLASS
  const byClass = reportedWarnings.get(options) ?? new WeakMap()
  reportedWarnings.set(options, byClass)
  const reported = byClass.get(failureClass) ?? new Set()
  byClass.set(failureClass, reported)
  return reported
}

/** For warnings before there is a failure, such as those about `translate`. */
const WITHOUT_CLASS = {}
