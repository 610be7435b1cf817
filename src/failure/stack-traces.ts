import { isFailureStatus } from '../status/failure-status.js'

/**
 * The failures that capture a stack trace: all of them, server failures (5xx) only, or none.
 *
 * Capturing a stack trace is most of the cost of a failure. Client failures are expected events: under load, set
 * `Failure.stackTraces = 'server'`.
 *
 * @example const traces: StackTraces = process.env['NODE_ENV'] === 'production' ? 'server' : 'all'
 */
export type StackTraces = 'all' | 'server' | 'none'

/** The parts of a failure class that determine whether its instances capture a stack trace. */
interface TracedClass {
  readonly stackTraces: StackTraces
  readonly prototype: { readonly status: number }
}

/** Whether new instances of a class capture a stack trace. */
export function takesStackTrace(failureClass: TracedClass): boolean {
  const { stackTraces } = failureClass
  if (stackTraces === 'server') return !isClientFailure(failureClass)
  return stackTraces !== 'none'
}

/** Reads the status from the prototype, since there is no instance yet. If that throws, the trace is captured. */
function isClientFailure(failureClass: TracedClass): boolean {
  try {
    const { status } = failureClass.prototype
    return isFailureStatus(status) && status < 500
  } catch {
    return false
  }
}

/** Stops the engine from collecting frames. Returns the argument for {@link resumeStackTraces}. */
export function suspendStackTraces(): number {
  const limit = Error.stackTraceLimit
  setStackTraceLimit(0)
  return limit
}

/** Reverts {@link suspendStackTraces}. */
export function resumeStackTraces(limit: number): void {
  setStackTraceLimit(limit)
}

/** Creates a failure that captures no stack trace, since its cause has one. */
export function withoutStackTrace<Created>(create: () => Created): Created {
  const limit = suspendStackTraces()
  try {
    return create()
  } finally {
    resumeStackTraces(limit)
  }
}

function setStackTraceLimit(limit: number): void {
  try {
    Error.stackTraceLimit = limit
  } catch {
    // `Error` may be frozen; the trace is then captured.
  }
}
