import { z } from 'zod';
import { DomainError } from '@/lib/errors';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 366;

const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'must be a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z',
});

const bounds = { from: moment.optional(), to: moment.optional() };

/** The query of the usage routes: the last 30 days where nothing is said. */
export const usageQuery = z.strictObject({
  ...bounds,
  step: z.literal('day', { error: 'must be day' }).default('day'),
});
export const usageExportQuery = z.strictObject(bounds);

export interface UsageRange {
  /** Both the beginning of a day in UTC; `to` does not belong to the range. */
  from: Date;
  to: Date;
}

/** The range a query asks for, widened to whole days in UTC. Throws validation_failed for one that is inverted or too large. */
export function usageRange({ from, to }: { from?: string | undefined; to?: string | undefined }, now = new Date()): UsageRange {
  const asked = to === undefined ? now.getTime() : Date.parse(to);
  const end = to === undefined ? dayAfter(asked) : Math.ceil(asked / DAY_MS) * DAY_MS;
  const begin = from === undefined ? end - DEFAULT_DAYS * DAY_MS : Math.floor(Date.parse(from) / DAY_MS) * DAY_MS;
  if (begin >= end) throw badRange('must lie before to');
  if (end - begin > MOST_DAYS * DAY_MS) throw badRange(`must lie at most ${MOST_DAYS} days before to`);
  return { from: new Date(begin), to: new Date(end) };
}

/** The range of equal length that ends where this one begins. */
export function rangeBefore({ from, to }: UsageRange): UsageRange {
  return { from: new Date(2 * from.getTime() - to.getTime()), to: from };
}

/** The days of a range, each by its name: 2026-01-31. */
export function daysOf({ from, to }: UsageRange): string[] {
  const count = (to.getTime() - from.getTime()) / DAY_MS;
  return Array.from({ length: count }, (_, index) => dayName(new Date(from.getTime() + index * DAY_MS)));
}

/** A day in UTC by its name: 2026-01-31. */
export function dayName(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function dayAfter(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

function badRange(message: string): DomainError {
  return new DomainError('validation_failed', `from: ${message}`, {
    fields: [{ path: 'from', message }],
    hint: `A range holds whole days in UTC, at most ${MOST_DAYS}.`,
  });
}
