import { type Attributes, context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { config } from '@/lib/config';
import { logger, redactSecrets } from '@/lib/log';
import { setTracing } from './with-span';

/**
 * Sends traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT (OTLP over HTTP; the further OTEL_EXPORTER_OTLP_ variables are the
 * exporter's own). Without that variable it does nothing. Next's spans of pages join in through the same API. Returns what sends
 * the last spans and ends it.
 */
export function startTracing(version: string, toCollector?: SpanExporter): () => Promise<void> {
  const { otlp, trustedProxies } = config();
  if (!otlp) return async () => {};
  const exporter = withoutSecrets(toCollector ?? new OTLPTraceExporter({ url: otlp.url }));
  diag.setLogger(tellOnce(), { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': otlp.serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  // A stranger's traceparent would put their requests into traces of their choice; a proxy of ours may say it.
  if (trustedProxies > 0) propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  setTracing(true);
  return async () => {
    setTracing(false);
    await provider.shutdown();
    for (const api of [trace, context, propagation, diag]) api.disable();
  };
}

/** Next names the whole address of a page in its spans, and an invite's secret is part of one. */
function withoutSecrets(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(redactSpan), done),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function redactSpan(span: ReadableSpan): ReadableSpan {
  const { status } = span;
  return {
    name: redactSecrets(span.name),
    attributes: redactAttributes(span.attributes),
    status: status.message ? { ...status, message: redactSecrets(status.message) } : status,
    events: span.events.map((event) => ({ ...event, attributes: redactAttributes(event.attributes ?? {}) })),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    links: span.links,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function redactAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? redactSecrets(value) : value]),
  );
}

/** A collector that is away fails every few seconds: told when it begins, not each time. */
function tellOnce() {
  let told = false;
  const silent = () => {};
  const error = (message: string) => {
    if (told) return;
    told = true;
    logger().warn({ detail: message }, 'traces do not reach OTEL_EXPORTER_OTLP_ENDPOINT');
  };
  return { error, warn: silent, info: silent, debug: silent, verbose: silent };
}
