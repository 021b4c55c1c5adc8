import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '@/db/postgres';
import * as schema from '@/db/schema';

/** Every table of ours, those that others refer to first. */
export function backedUpTables(): string[] {
  const tables: unknown[] = Object.values(schema);
  const names = tables.filter((table) => is(table, PgTable)).map((table) => getTableName(table));
  return ['orgs', ...names.filter((name) => name !== 'orgs').sort()];
}

/** The columns of each of our tables that are in this database, in their order. */
export async function columnsByTable(database: Pick<Database, 'execute'>): Promise<Map<string, string[]>> {
  const rows = await database.execute<{ table: string; columns: string[] }>(sql`
    select c.relname as "table", array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = (select current_schema()::regnamespace) and c.relkind in ('r', 'p')
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname`);
  const found = new Map(rows.map(({ table, columns }) => [table, columns]));
  return new Map(backedUpTables().flatMap((table) => (found.has(table) ? [[table, found.get(table) ?? []]] : [])));
}

/** A name as SQL takes any. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedList(names: readonly string[]): string {
  return names.map(quoted).join(', ');
}
