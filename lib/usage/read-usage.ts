import { type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import type { OrgAccess } from '@/lib/access/org-access';
import { daysOf, type UsageRange } from './usage-range';
import { type Amounts, type AmountsRow, amounts, amountsOf, usedSpans } from './used-spans';

/** As many templates and sandboxes as a person reads down; the largest come first. */
export const MOST_ROWS = 50;

export interface Usage {
  totals: Amounts;
  /** Every day of the range, 2026-01-31, in UTC. */
  days: (Amounts & { day: string })[];
  /** At most MOST_ROWS, by sandbox-seconds. */
  templates: (Amounts & { template: string })[];
  sandboxes: (Amounts & { sandboxId: string; template: string })[];
}

/** What an org's sandboxes used over a range, those that still run included up to now. Throws dependency_unavailable. */
export async function readUsage({ org }: OrgAccess<'usage:read'>, range: UsageRange): Promise<Usage> {
  const spans = usedSpans(org, range);
  const [days, templates, sandboxes] = await Promise.all([
    byDay(spans),
    db().execute<AmountsRow & { template: string }>(sql`
      with ${spans} select template, ${amounts()} from spans
      group by template order by sandbox_seconds desc, template limit ${MOST_ROWS}`),
    db().execute<AmountsRow & { sandbox_id: string; template: string }>(sql`
      with ${spans} select sandbox_id, max(template) as template, ${amounts()} from spans
      group by sandbox_id order by sandbox_seconds desc, sandbox_id limit ${MOST_ROWS}`),
  ]);
  const known = new Map(days.map((row) => [row.day, row]));
  return {
    totals: amountsOf(sumOf(days)),
    days: daysOf(range).map((day) => ({ day, ...amountsOf(known.get(day) ?? NOTHING) })),
    templates: templates.map((row) => ({ template: row.template, ...amountsOf(row) })),
    sandboxes: sandboxes.map((row) => ({ sandboxId: row.sandbox_id, template: row.template, ...amountsOf(row) })),
  };
}

/** The three totals alone: for comparing a range with another. Throws dependency_unavailable. */
export async function readUsageTotals({ org }: OrgAccess<'usage:read'>, range: UsageRange): Promise<Amounts> {
  const [row] = await db().execute<AmountsRow>(sql`with ${usedSpans(org, range)} select ${amounts()} from spans`);
  return amountsOf(row ?? NOTHING);
}

const NOTHING: AmountsRow = { sandbox_seconds: 0, cpu_seconds: 0, gb_seconds: 0 };

/** A span that lasts over midnight counts in each of its days. */
function byDay(spans: SQL) {
  const part = sql`(least(e, d + 86400) - greatest(b, d))`;
  return db().execute<AmountsRow & { day: string }>(sql`
    with ${spans}
    select to_char(to_timestamp(d) at time zone 'UTC', 'YYYY-MM-DD') as day, ${amounts(part)}
    from spans, generate_series((floor(b / 86400) * 86400)::bigint, (ceil(e / 86400) * 86400 - 1)::bigint, 86400) as d
    group by d order by d`);
}

function sumOf(rows: AmountsRow[]): AmountsRow {
  const total = { ...NOTHING };
  for (const row of rows) {
    total.sandbox_seconds += row.sandbox_seconds;
    total.cpu_seconds += row.cpu_seconds;
    total.gb_seconds += row.gb_seconds;
  }
  return total;
}
