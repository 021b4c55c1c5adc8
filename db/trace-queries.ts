import * as drizzleTracing from 'drizzle-orm/tracing';
import { isTracing, withSpan } from '@/lib/tracing/with-span';

/** Drizzle's own seam for traces; its types leave it out. */
interface Tracer {
  startActiveSpan: <T>(name: string, work: (span?: QuerySpan) => T) => T;
}
interface QuerySpan {
  setAttributes: (attributes: Record<string, string>) => void;
}

/** Makes a span of each query that Drizzle sends, with its text and never its parameters. */
export function traceQueries(): void {
  const { tracer } = drizzleTracing as unknown as { tracer: Tracer };
  tracer.startActiveSpan = <T>(name: string, work: (span?: QuerySpan) => T): T => {
    if (name !== 'drizzle.execute' || !isTracing()) return work();
    const traced = withSpan('query', { kind: 'client', attributes: { 'db.system.name': 'postgresql' } }, async (span) =>
      work({
        setAttributes: ({ 'drizzle.query.text': text = '' }) => {
          span?.updateName(/^\s*\w+/.exec(text)?.[0].trim() ?? 'query');
          span?.setAttribute('db.query.text', text);
        },
      }),
    );
    // Drizzle's work is a promise already; T is that promise.
    return traced as T;
  };
}
