import { z } from 'zod';
import { DomainError } from '@/lib/errors';

/** The widths a series may be cut into, in seconds. */
export const STEPS = { '15s': 15, '1m': 60, '5m': 300, '1h': 3_600 } as const;
export type Step = keyof typeof STEPS;

const DEFAULT_RANGE_MS = 3_600_000;
const MAX_RANGE_DAYS = 30;
const DAY_MS = 86_400_000;
/** More points than a chart can show or a browser should load. */
const MOST_POINTS = 10_000;

const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text));

/** The query of the metrics routes: the last hour in steps of a minute where nothing is said. */
export const metricsQuery = z.strictObject({
  from: moment.optional(),
  to: moment.optional(),
  step: z.enum(['15s', '1m', '5m', '1h'], { error: 'must be 15s, 1m, 5m or 1h' }).default('1m'),
});

export interface MetricsRange {
  /** Both on a boundary of the step; `to` does not belong to the range. */
  from: Date;
  to: Date;
  step: Step;
}

/** The range a query asks for, widened to whole steps. Throws validation_failed for one that is inverted or too large. */
export function metricsRange({ from, to, step }: z.infer<typeof metricsQuery>): MetricsRange {
  const end = to ?? new Date();
  const begin = from ?? new Date(end.getTime() - DEFAULT_RANGE_MS);
  const lengthMs = end.getTime() - begin.getTime();
  if (lengthMs <= 0) throw badRange('from', 'must lie before to');
  if (lengthMs > MAX_RANGE_DAYS * DAY_MS) throw badRange('from', `must lie at most ${MAX_RANGE_DAYS} days before to`);
  const points = Math.ceil(lengthMs / (STEPS[step] * 1_000));
  if (points > MOST_POINTS)
    throw badRange('step', `cuts this range into ${points} points: ask for ${widerStep(lengthMs)} or a shorter range`);
  const stepMs = STEPS[step] * 1_000;
  return {
    from: new Date(Math.floor(begin.getTime() / stepMs) * stepMs),
    to: new Date(Math.ceil(end.getTime() / stepMs) * stepMs),
    step,
  };
}

function widerStep(lengthMs: number): string {
  const fitting = Object.entries(STEPS).find(([, seconds]) => lengthMs / (seconds * 1_000) <= MOST_POINTS);
  return `step=${fitting?.[0] ?? '1h'}`;
}

function badRange(path: string, message: string): DomainError {
  return new DomainError('validation_failed', `${path}: ${message}`, {
    fields: [{ path, message }],
    hint: `A range holds at most ${MAX_RANGE_DAYS} days and ${MOST_POINTS} points.`,
  });
}
