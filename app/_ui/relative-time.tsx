'use client';

import { useSyncExternalStore } from 'react';
import { language } from '@/messages/language';
import * as words from '@/messages/times';

const TICK_MS = 30_000;
const STEPS = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const utcDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });

/** "3 hours ago", "in 6 days", "just now". */
export function relativeWords(date: Date, nowMs: number): string {
  const seconds = (date.getTime() - nowMs) / 1000;
  const step = STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (!step) return seconds > 0 ? words.inAMoment : words.justNow;
  const count = seconds / step.seconds;
  // "In 7 days" right after it was said; "3 hours ago" only once three hours have passed.
  return relative.format(count > 0 ? Math.round(count) : Math.trunc(count), step.unit);
}

function everyTick(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS + TICK_MS;

interface RelativeTimeProps {
  date: Date | string;
  className?: string;
}

/** Relative words, the exact local time on hover. The server writes the UTC day, so hydration never disagrees. */
export function RelativeTime({ date, className }: RelativeTimeProps) {
  const nowMs = useSyncExternalStore<number | null>(everyTick, currentTick, () => null);
  const at = new Date(date);
  if (Number.isNaN(at.getTime())) return <span className={className}>–</span>;
  const exact = nowMs === null ? at.toISOString() : at.toLocaleString(language, { dateStyle: 'full', timeStyle: 'long' });
  return (
    <time dateTime={at.toISOString()} title={exact} className={className}>
      {nowMs === null ? utcDay.format(at) : relativeWords(at, nowMs)}
    </time>
  );
}
