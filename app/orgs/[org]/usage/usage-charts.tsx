import type { Usage } from '@/lib/usage/read-usage';
import { ChartCard } from '../observability/chart-card';
import { HOUR, MEASURES } from './usage-totals';

const DESCRIPTIONS: Record<(typeof MEASURES)[number]['name'], string> = {
  sandboxSeconds: 'How long sandboxes ran.',
  cpuSeconds: 'The processors they were given.',
  gbSeconds: 'The memory they were given.',
};
const DAY_MS = 86_400_000;

/** A bar a day for each of the three amounts. */
export function UsageCharts({ days }: { days: Usage['days'] }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2 xl:grid-cols-3">
      {MEASURES.map(({ name, label, unit }) => (
        <ChartCard
          key={name}
          title={`${label} by day`}
          description={DESCRIPTIONS[name]}
          unit={unit}
          series={[{ name, label, color: 'accent', shape: 'bars' }]}
          rows={days.map((row) => ({ at: Date.parse(row.day), [name]: row[name] / HOUR }))}
          spanMs={days.length * DAY_MS}
          nothing="Nothing was used in this range"
          daily
        />
      ))}
    </div>
  );
}
