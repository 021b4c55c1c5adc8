/** What a number of a chart measures. */
export type Unit = 'count' | 'ms' | 'percent' | 'bytes' | 'hours' | 'gib-hours';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const BYTE_STEPS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A number with its unit, as short as an axis needs it and in one line. */
export function shortMeasure(value: number, unit: Unit): string {
  if (unit === 'ms') return value >= 1_000 ? `${exact.format(value / 1_000)}\u00a0s` : `${exact.format(value)}\u00a0ms`;
  if (unit === 'percent') return `${exact.format(value)}\u00a0%`;
  if (unit === 'hours') return `${compact.format(value)}\u00a0h`;
  if (unit === 'gib-hours') return `${compact.format(value)}\u00a0GiB\u00a0h`;
  return unit === 'bytes' ? bytes(value) : compact.format(value);
}

/** A number with its unit in full; a dash where nothing was measured. */
export function fullMeasure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'hours' || unit === 'gib-hours') return `${tenths.format(value)} ${unit === 'hours' ? 'h' : 'GiB\u00a0h'}`;
  return unit === 'count' ? exact.format(value) : shortMeasure(value, unit);
}

function bytes(value: number): string {
  const step = Math.min(BYTE_STEPS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(value, 1)) / 10)));
  return `${exact.format(value / 1024 ** step)} ${BYTE_STEPS[step]}`;
}
