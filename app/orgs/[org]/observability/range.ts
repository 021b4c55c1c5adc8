import type { MetricsRange, Step } from '@/lib/metrics/metrics-range';
import { STEPS } from '@/lib/metrics/metrics-range';
import * as words from '@/messages/observability';

type SearchParams = Record<string, string | string[] | undefined>;

interface Preset {
  label: string;
  hours: number;
  step: Step;
}

/** The ranges a person picks from, each with a step that makes a few hundred points. */
export const PRESETS = {
  '1h': { label: words.lastHour, hours: 1, step: '15s' },
  '6h': { label: words.hours(6), hours: 6, step: '1m' },
  '24h': { label: words.hours(24), hours: 24, step: '5m' },
  '7d': { label: words.days(7), hours: 168, step: '1h' },
  '30d': { label: words.days(30), hours: 720, step: '1h' },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof PRESETS;

const DEFAULT_PRESET: PresetName = '24h';
const HOUR_MS = 3_600_000;

/** What the address of the page asks for: a preset that ends now, or two days of one's own. */
export interface Choice {
  preset: PresetName | null;
  /** Days in UTC, both part of the range; '' with a preset. */
  from: string;
  to: string;
  /** Whether the period before is drawn behind. */
  compare: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address. What it cannot mean is left out: an old or hand-written link still shows a page. */
export function readChoice(query: SearchParams): Choice {
  const one = (name: string) => [query[name]].flat()[0] ?? '';
  const day = (name: string) => (DAY.test(one(name)) && !Number.isNaN(Date.parse(one(name))) ? one(name) : '');
  const [from, to] = [day('from'), day('to')];
  const compare = one('compare') === '1';
  if (from && to && from <= to) return { preset: null, from, to, compare };
  const named = one('range');
  return { preset: Object.hasOwn(PRESETS, named) ? (named as PresetName) : DEFAULT_PRESET, from: '', to: '', compare };
}

/** The range of a choice and the one of equal length before it. Longer than 30 days is cut to its last 30. */
export function rangesOf({ preset, from, to }: Choice, now = new Date()): { range: MetricsRange; before: MetricsRange } {
  const { begin, end, step } = preset ? endingNow(PRESETS[preset], now) : days(from, to);
  const lengthMs = end.getTime() - begin.getTime();
  return {
    range: { from: begin, to: end, step },
    before: { from: new Date(begin.getTime() - lengthMs), to: begin, step },
  };
}

function endingNow({ hours, step }: Preset, now: Date) {
  const stepMs = STEPS[step] * 1_000;
  // A step that has only begun would look like a fall.
  const end = new Date(Math.floor(now.getTime() / stepMs) * stepMs);
  return { begin: new Date(end.getTime() - hours * HOUR_MS), end, step };
}

function days(from: string, to: string) {
  const end = new Date(Date.parse(to) + 24 * HOUR_MS);
  const begin = new Date(Math.max(Date.parse(from), end.getTime() - 720 * HOUR_MS));
  const hours = (end.getTime() - begin.getTime()) / HOUR_MS;
  return { begin, end, step: hours <= 24 ? '5m' : '1h' } as const;
}

/** The query string of the page with this choice; '' for what it shows anyway. */
export function choiceSearch({ preset, from, to, compare }: Choice): string {
  const set: Record<string, string> = {};
  if (preset && preset !== DEFAULT_PRESET) set.range = preset;
  if (!preset) Object.assign(set, { from, to });
  if (compare) set.compare = '1';
  const text = new URLSearchParams(set).toString();
  return text && `?${text}`;
}
