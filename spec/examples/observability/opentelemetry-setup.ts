import { SpanKind } from '@opentelemetry/api'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

// Must be loaded before any module that loads `http`, which it instruments.

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
new HttpInstrumentation().setTracerProvider(provider)

/** The server spans, in the order of their requests. */
export function finishedSpans(): object[] {
  return exporter
    .getFinishedSpans()
    .filter(({ kind }) => kind === SpanKind.SERVER)
    .map((span) => ({ name: span.name, traceId: span.spanContext().traceId, status: span.status, events: span.events }))
}
