import { stringify } from 'csv-stringify/sync';
import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import type { OrgAccess } from '@/lib/access/org-access';
import { dayName, type UsageRange } from './usage-range';
import { type AmountsRow, amounts, amountsOf, usedSpans } from './used-spans';

/** Rows a step: some hundred KB. */
const STEP = 5_000;
const DAY_MS = 86_400_000;
const COLUMNS = ['day', 'template', 'sandbox_id', 'sandbox_seconds', 'cpu_seconds', 'gb_seconds'];

type Row = AmountsRow & { sandbox_id: string; template: string };

/**
 * The usage of an org as CSV (RFC 4180, a header line): a row a day and sandbox, a piece at a time. Spreadsheets take no cell of it
 * for a formula. Throws dependency_unavailable.
 */
export async function* exportUsage({ org }: OrgAccess<'usage:read'>, { from, to }: UsageRange): AsyncGenerator<string> {
  let header = csv([COLUMNS]);
  for (let day = from; day < to; day = new Date(day.getTime() + DAY_MS)) {
    const range = { from: day, to: new Date(day.getTime() + DAY_MS) };
    for (let last: string | undefined, full = true; full; ) {
      const rows: Row[] = await rowsAfter(usedSpans(org, range), last);
      // With the first rows: what cannot be read must not begin like a file.
      if (header || rows.length > 0) yield header + csv(rows.map((row) => cells(dayName(day), row)));
      header = '';
      full = rows.length === STEP;
      last = rows.at(-1)?.sandbox_id;
    }
  }
}

/** What a downloaded file is called: `acme-usage-2026-01-01-2026-01-31.csv`, both days part of it. */
export function usageExportName({ org }: OrgAccess<'usage:read'>, { from, to }: UsageRange): string {
  const lastDay = new Date(to.getTime() - DAY_MS);
  return `${org.slug.replace(/[^\w-]/g, '_')}-usage-${dayName(from)}-${dayName(lastDay)}.csv`;
}

function rowsAfter(spans: ReturnType<typeof usedSpans>, last: string | undefined): Promise<Row[]> {
  const after = last === undefined ? sql`true` : sql`sandbox_id > ${last}`;
  return db().execute<Row>(sql`
    with ${spans} select sandbox_id, max(template) as template, ${amounts()} from spans
    where ${after} group by sandbox_id order by sandbox_id limit ${STEP}`);
}

function cells(day: string, row: Row): (string | number)[] {
  const { sandboxSeconds, cpuSeconds, gbSeconds } = amountsOf(row);
  return [day, row.template, row.sandbox_id, sandboxSeconds, cpuSeconds, gbSeconds];
}

function csv(rows: (string | number)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
