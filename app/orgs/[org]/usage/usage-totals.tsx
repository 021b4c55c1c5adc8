import { fullMeasure } from '@/app/_ui/measure';
import type { Amounts } from '@/lib/usage/used-spans';
import * as words from '@/messages/usage';
import { Change } from '../observability/summary';

interface UsageTotalsProps {
  now: Amounts;
  before: Amounts;
}

/** Seconds are what is counted; hours are what a person reads. */
export const HOUR = 3_600;

export const MEASURES = [
  { name: 'sandboxSeconds', label: words.measures.sandboxSeconds, unit: 'hours' },
  { name: 'cpuSeconds', label: words.measures.cpuSeconds, unit: 'hours' },
  { name: 'gbSeconds', label: words.measures.gbSeconds, unit: 'gib-hours' },
] as const;

/** The range in three numbers, each beside the same number of the equal range before. */
export function UsageTotals({ now, before }: UsageTotalsProps) {
  return (
    <dl className="mb-5 grid overflow-hidden rounded-lg border bg-surface sm:grid-cols-3">
      {MEASURES.map(({ name, label, unit }, index) => (
        <div key={name} className={`px-4 py-3 ${index > 0 ? 'max-sm:border-t sm:border-l' : ''}`}>
          <dt className="truncate text-muted text-sm">{label}</dt>
          <dd className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
            <span className="font-semibold text-xl tabular-nums">{fullMeasure(now[name] / HOUR, unit)}</span>
            <Change now={now[name]} before={before[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
