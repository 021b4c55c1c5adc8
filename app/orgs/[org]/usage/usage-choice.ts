import { dayName, type UsageRange, usageRange } from '@/lib/usage/usage-range';

type SearchParams = Record<string, string | string[] | undefined>;

/** The ranges a person picks from, in days that end today. */
export const USAGE_PRESETS = { '7d': 7, '30d': 30, '90d': 90 } as const;
type PresetName = keyof typeof USAGE_PRESETS;
const DEFAULT_PRESET: PresetName = '30d';

/** What the address of the page asks for: days up to today, or two days of one's own, both part of the range. */
export interface UsageChoice {
  preset: PresetName | null;
  from: string;
  to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Reads an address. What it cannot mean is left out: an old or hand-written link still shows a page. */
export function readUsageChoice(query: SearchParams): UsageChoice {
  const one = (name: string) => [query[name]].flat()[0] ?? '';
  const day = (name: string) => (DAY.test(one(name)) && !Number.isNaN(Date.parse(one(name))) ? one(name) : '');
  const [from, to] = [day('from'), day('to')];
  if (from && to && from <= to) return { preset: null, from, to };
  const named = one('range');
  return { preset: Object.hasOwn(USAGE_PRESETS, named) ? (named as PresetName) : DEFAULT_PRESET, from: '', to: '' };
}

/** The range of a choice; longer than a year is cut to its last. */
export function rangeOf({ preset, from, to }: UsageChoice, now = new Date()): UsageRange {
  const end = preset ? usageRange({}, now).to : new Date(Date.parse(to) + DAY_MS);
  const days = preset ? USAGE_PRESETS[preset] : Math.min(366, (end.getTime() - Date.parse(from)) / DAY_MS);
  return usageRange({ from: dayName(new Date(end.getTime() - days * DAY_MS)), to: dayName(end) }, now);
}

/** The query string of the page with this choice; '' for what it shows anyway. */
export function usageSearch({ preset, from, to }: UsageChoice): string {
  if (preset === DEFAULT_PRESET) return '';
  return `?${new URLSearchParams(preset ? { range: preset } : { from, to })}`;
}
