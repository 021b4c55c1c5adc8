import { language } from '@/messages/language';
import * as words from '@/messages/ui';

/** What a number of a chart measures. */
export type Unit = 'count' | 'ms' | 'percent' | 'bytes' | 'hours' | 'gib-hours';

const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number with its unit, as short as an axis needs it and in one line. */
export function shortMeasure(value: number, unit: Unit): string {
  if (unit === 'ms') return value >= 1_000 ? words.seconds(exact.format(value / 1_000)) : words.milliseconds(exact.format(value));
  if (unit === 'percent') return words.percent(exact.format(value));
  if (unit === 'hours') return words.shortHours(compact.format(value));
  if (unit === 'gib-hours') return words.shortGibHours(compact.format(value));
  return unit === 'bytes' ? bytes(value) : compact.format(value);
}

/** A number with its unit in full; a dash where nothing was measured. */
export function fullMeasure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'hours') return words.hours(tenths.format(value));
  if (unit === 'gib-hours') return words.gibHours(tenths.format(value));
  return unit === 'count' ? exact.format(value) : shortMeasure(value, unit);
}

function bytes(value: number): string {
  const step = Math.min(words.byteUnits.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(value, 1)) / 10)));
  return words.bytes(exact.format(value / 1024 ** step), words.byteUnits[step] ?? '');
}
