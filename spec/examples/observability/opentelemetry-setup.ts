import { SpanKind } from '@opentelemetry/api'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'

// Loaded before anything that loads `http`, which is instrumented by it.

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
provider.register()
new HttpInstrumentation().setTracerProvider(provider)

/** The spans of the server, in the order of their requests. */
export function finishedSpans(): object[] {
  return exporter
    .getFinishedSpans()
    .filter(({ kind }) => kind === SpanKind.SERVER)
    .map((span) => ({ name: span.name, traceId: span.spanContext().traceId, status: span.status, events: span.events }))
}
