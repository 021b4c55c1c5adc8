import type { Usage } from '@/lib/usage/read-usage';
import * as words from '@/messages/usage';
import { ChartCard } from '../observability/chart-card';
import { HOUR, MEASURES } from './usage-totals';

const DAY_MS = 86_400_000;

/** A bar a day for each of the three amounts. */
export function UsageCharts({ days }: { days: Usage['days'] }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2 xl:grid-cols-3">
      {MEASURES.map(({ name, label, unit }) => (
        <ChartCard
          key={name}
          title={words.measuresByDay[name]}
          description={words.measureHints[name]}
          unit={unit}
          series={[{ name, label, color: 'accent', shape: 'bars' }]}
          rows={days.map((row) => ({ at: Date.parse(row.day), [name]: row[name] / HOUR }))}
          spanMs={days.length * DAY_MS}
          nothing={words.nothing}
          daily
        />
      ))}
    </div>
  );
}
