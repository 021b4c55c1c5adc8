import { Card } from '@/app/_ui/card';
import { fullMeasure, type Unit } from '@/app/_ui/measure';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { type ChartRow, type ChartSeries, TimeChart } from '@/app/_ui/time-chart';
import { language } from '@/messages/language';
import * as words from '@/messages/observability';

interface ChartCardProps {
  title: string;
  description: string;
  unit: Unit;
  series: readonly ChartSeries[];
  rows: readonly ChartRow[];
  spanMs: number;
  /** Said over the empty axes when there is nothing to draw. */
  nothing: string;
  /** For sums of whole days in UTC. */
  daily?: boolean;
}

const MOST_TABLE_ROWS = 500;
const utcDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
const utc = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** A chart with a legend, and the same numbers as a table for those who cannot see it or want to copy them. */
export function ChartCard({ title, description, unit, series, rows, spanMs, nothing, daily = false }: ChartCardProps) {
  const filled = rows.filter((row) =>
    series.some(({ name, gaps }) => (gaps ? typeof row[name] === 'number' : Boolean(row[name]))),
  );
  return (
    <Card title={title} description={description} actions={series.length > 1 && <Legend series={series} />}>
      <div className="relative">
        <TimeChart label={title} unit={unit} rows={rows} series={series} spanMs={spanMs} daily={daily} />
        {filled.length === 0 && (
          <p className="pointer-events-none absolute inset-0 grid place-items-center pb-6 text-faint text-sm">{nothing}</p>
        )}
      </div>
      <details className="mt-2 text-sm">
        <summary className="w-fit rounded-sm text-muted hover:text-ink">{words.numbers}</summary>
        <div className="mt-2 max-h-72 overflow-y-auto rounded-md border">
          <Table label={words.asTable(title)} bare>
            <Thead>
              <tr>
                <Th>{daily ? words.dayUtc : words.timeUtc}</Th>
                {series.map(({ name, label }) => (
                  <Th key={name} className="text-right">
                    {label}
                  </Th>
                ))}
              </tr>
            </Thead>
            <tbody>
              {filled.slice(-MOST_TABLE_ROWS).map((row) => (
                <Tr key={row.at}>
                  <Td className="h-8 whitespace-nowrap">{(daily ? utcDay : utc).format(row.at)}</Td>
                  {series.map(({ name }) => (
                    <Td key={name} className="h-8 text-right tabular-nums">
                      {fullMeasure(row[name], unit)}
                    </Td>
                  ))}
                </Tr>
              ))}
            </tbody>
          </Table>
          {filled.length === 0 && <p className="px-4 py-3 text-muted">{nothing}</p>}
        </div>
      </details>
    </Card>
  );
}

const SWATCHES: Record<ChartSeries['color'], string> = {
  accent: 'bg-ring',
  danger: 'bg-danger',
  info: 'bg-info-ink',
  warn: 'bg-warn-ink',
  muted: 'bg-faint',
};

function Legend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
      {series.map(({ name, label, color, faded }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            data-mark
            className={`h-0.5 w-3 rounded-full ${SWATCHES[color]} ${faded ? 'opacity-60' : ''}`}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}
