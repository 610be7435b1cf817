import { responseStatus } from './response-status.js'

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
  // The prototype, since there is no instance yet.
  if (stackTraces === 'server') return responseStatus(failureClass.prototype) >= 500
  return stackTraces !== 'none'
}

/** Stops the engine from collecting frames. Returns the argument for {@link resumeStackTraces}. */
export function suspendStackTraces(): number {
  const limit = Error.stackTraceLimit
  resumeStackTraces(0)
  return limit
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

/** Reverts {@link suspendStackTraces}. */
export function resumeStackTraces(limit: number): void {
  try {
    Error.stackTraceLimit = limit
  } catch {
    // `Error` may be frozen; the trace is then captured.
  }
}
