import { fullMeasure, type Unit } from '@/app/_ui/measure';
import type { Overview } from '@/lib/metrics/read-overview';
import { language } from '@/messages/language';
import * as words from '@/messages/observability';

interface SummaryProps {
  now: Overview;
  before: Overview;
}

/** The range in four numbers, each beside the same number of the period before. */
export function Summary({ now, before }: SummaryProps) {
  const cells: { label: string; unit: Unit; read: (overview: Overview) => number | null; lessIsBetter?: boolean }[] = [
    { label: words.requests, unit: 'count', read: (overview) => total(overview.http_rps) },
    { label: words.serverErrors, unit: 'percent', read: errorShare, lessIsBetter: true },
    { label: words.slowestStep, unit: 'ms', read: (overview) => highest(overview.http_p95), lessIsBetter: true },
    { label: words.sandboxesStarted, unit: 'count', read: (overview) => total(overview.sb_creates) },
  ];
  return (
    <dl className="mb-5 grid grid-cols-2 overflow-hidden rounded-lg border bg-surface lg:grid-cols-4">
      {cells.map(({ label, unit, read, lessIsBetter }, index) => (
        <div
          key={label}
          className={`px-4 py-3 ${index % 2 === 1 ? 'border-l' : ''} ${index > 1 ? 'max-lg:border-t' : ''} ${index === 2 ? 'lg:border-l' : ''}`}
        >
          <dt className="truncate text-muted text-sm">{label}</dt>
          <dd className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
            <span className="font-semibold text-xl tabular-nums">{fullMeasure(read(now), unit)}</span>
            <Change now={read(now)} before={read(before)} lessIsBetter={lessIsBetter ?? false} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ChangeProps {
  now: number | null;
  before: number | null;
  lessIsBetter?: boolean;
}

const signed = new Intl.NumberFormat(language, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 });

/** How much more or less than before; nothing where there was nothing to compare with. */
export function Change({ now, before, lessIsBetter = false }: ChangeProps) {
  if (now === null || before === null || before === 0) return null;
  const change = (now - before) / before;
  if (Math.abs(change) < 0.005) return null;
  const worse = lessIsBetter && change > 0;
  return (
    <span className={`text-xs tabular-nums ${worse ? 'text-danger-ink' : 'text-muted'}`}>
      {words.change(signed.format(change), (text) => (
        <span className="max-sm:sr-only">{text}</span>
      ))}
    </span>
  );
}

type Points = Overview[keyof Overview];

function total(points: Points): number {
  return points.reduce((sum, [, value]) => sum + (value ?? 0), 0);
}

function highest(points: Points): number | null {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  return values.length > 0 ? Math.max(...values) : null;
}

function errorShare({ http_rps, http_errors }: Overview): number | null {
  const requests = total(http_rps);
  return requests === 0 ? null : (total(http_errors) * 100) / requests;
}
