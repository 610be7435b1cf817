import { isFailureStatus } from './answered-status.js'
import type { Failure } from './failure.js'

/**
 * Which failures carry a stack trace: all of them, only those that blame the server (5xx), or none.
 *
 * A trace is most of what a failure costs. Client failures are expected events, so an application under load
 * sets `Failure.stackTraces = 'server'`.
 *
 * @example const traces: StackTraces = process.env['NODE_ENV'] === 'production' ? 'server' : 'all'
 */
export type StackTraces = 'all' | 'server' | 'none'

/** Whether a new instance of a class gets a stack trace. */
export function takesStackTrace(failureClass: typeof Failure): boolean {
  const { stackTraces } = failureClass
  if (stackTraces === 'server') return !isClientFailure(failureClass)
  return stackTraces !== 'none'
}

/** Asks the class, since the instance is not made yet; one that cannot tell yet keeps its trace. */
function isClientFailure(failureClass: typeof Failure): boolean {
  try {
    const { status } = failureClass.prototype
    return isFailureStatus(status) && status < 500
  } catch {
    return false
  }
}

/** Keeps the engine from collecting frames; returns what {@link resumeStackTraces} takes. */
export function suspendStackTraces(): number {
  const limit = Error.stackTraceLimit
  setStackTraceLimit(0)
  return limit
}

/** Undoes {@link suspendStackTraces}. */
export function resumeStackTraces(limit: number): void {
  setStackTraceLimit(limit)
}

function setStackTraceLimit(limit: number): void {
  try {
    Error.stackTraceLimit = limit
  } catch {
    // `Error` may be frozen; then the trace is taken, which costs time and nothing else.
  }
}
