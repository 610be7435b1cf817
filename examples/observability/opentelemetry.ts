import { SpanStatusCode, trace } from '@opentelemetry/api'
import { type Failure, type FailureContext, HttpStatus } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'

/** A client failure is no error of the server, so its span stays as it is. */
function recordFailure(failure: Failure, context: FailureContext): void {
  const span = trace.getActiveSpan()
  if (span === undefined || HttpStatus.isClientError(failure.status)) return
  const error = context.error instanceof Error ? context.error : failure
  span.recordException({ name: error.name, message: error.message, stack: stacksOf(error) })
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** The traces of an error and of its causes; a chain that is longer may well be a circle. */
function stacksOf(error: Error): string {
  const stacks: unknown[] = []
  for (let link: unknown = error; link instanceof Error && stacks.length < 10; link = link.cause)
    stacks.push(link.stack)
  return stacks.join('\nCaused by: ')
}

export const filter = new FailureFilter({
  onFailure(failure, context) {
    logFailureToNest(failure, context)
    recordFailure(failure, context)
  },
  extend: () => ({ traceId: trace.getActiveSpan()?.spanContext().traceId }),
})
