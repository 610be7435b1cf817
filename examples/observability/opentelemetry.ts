import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type Failure, type FailureContext, HttpStatus } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'

/** Records server failures only: a client failure is not an error of the server span. */
function recordFailure(failure: Failure, context: FailureContext): void {
  const span = trace.getActiveSpan()
  if (span === undefined || HttpStatus.isClientError(failure.status)) return
  const error = context.error instanceof Error ? context.error : failure
  span.recordException({ name: error.name, message: error.message, stack: stacksOf(error) })
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The stack traces of an error and its causes, at most ten, since the chain may be circular. */
function stacksOf(error: Error): string {
  const stacks: unknown[] = []
  for (let cause: unknown = error; cause instanceof Error && stacks.length < 10; cause = cause.cause)
    stacks.push(cause.stack)
  return stacks.join('\nCaused by: ')
}

export const filter = new FailureFilter({
  onFailure(failure, context) {
    logFailureToNest(failure, context)
    recordFailure(failure, context)
  },
  extend: () => ({ traceId: trace.getActiveSpan()?.spanContext().traceId }),
})
