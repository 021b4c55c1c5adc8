import { type Attributes, type Context, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

interface SpanOptions {
  kind?: 'server' | 'client' | 'internal';
  attributes?: Attributes;
  /** Where it belongs; unset, below the span that is open. */
  parent?: Context;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

const holder = globalThis as typeof globalThis & { __pandastackTracing?: boolean };

/** Whether spans are kept at all; a module copy that never started tracing knows it too. */
export function isTracing(): boolean {
  return holder.__pandastackTracing === true;
}

export function setTracing(on: boolean): void {
  holder.__pandastackTracing = on;
}

/** Does the work inside a span of its own. Without tracing it is the work alone, and `span` is undefined. */
export function withSpan<T>(
  name: string,
  { kind = 'internal', attributes = {}, parent = context.active() }: SpanOptions,
  work: (span?: Span) => Promise<T>,
): Promise<T> {
  if (!isTracing()) return work();
  return trace.getTracer('pandastack').startActiveSpan(name, { kind: KINDS[kind], attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The ids that tie a line of the log to its trace; undefined outside of one. */
export function currentTrace(): { trace_id: string; span_id: string } | undefined {
  const span = isTracing() ? trace.getActiveSpan()?.spanContext() : undefined;
  return span && { trace_id: span.traceId, span_id: span.spanId };
}

/** A refusal is an answer, not a fault: it names its code. The message stays out: it may quote what a person sent. */
function markFailed(span: Span, error: unknown): void {
  const { code, status, cause } = error as { code?: unknown; status?: unknown; cause?: { code?: unknown } };
  // Drizzle wraps what the database said.
  const named = [code, cause?.code, error instanceof Error && error.name].find((one) => typeof one === 'string') ?? 'unknown';
  if (typeof status === 'number' && status < 500) {
    span.setAttribute('pandastack.refusal', named);
    return;
  }
  span.setAttribute('error.type', named);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
