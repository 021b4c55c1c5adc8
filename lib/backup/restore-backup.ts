import { sql } from 'drizzle-orm';
import { migrateWithin, schemaVersion, schemaVersions } from '@/db/migrate';
import type { Database } from '@/db/postgres';
import { keepServersOut } from '@/db/serving-lock';
import { DomainError } from '@/lib/errors';
import { type BackupHead, backupEnd, backupHead, damaged, readLine, tableHead } from './backup-format';
import { keepAuditTrail } from './keep-audit-trail';
import { readLines } from './read-lines';
import { next, readRows } from './read-rows';
import { columnsByTable, quoted, quotedList } from './tables';
import { NOTHING, type Revived, readStanding, revivedSince } from './what-came-back';

export interface RestoreReport {
  madeAt: string;
  tables: number;
  rows: number;
  /** What opens doors again that were shut when the backup was put in their place. */
  revived: Revived;
}

/** What a new server's tables hold by themselves. */
const SEEDED = new Set(['network_state', 'audit_chains', 'server_setup', 'key_drops', 'rate_limits', 'restores']);

/**
 * Puts a backup into the database, whole or not at all: into one that holds nothing, or with `replace` in place of what it holds. A
 * backup of an older build is migrated after. The audit trail is not set back, and the moment is written down for the doctor. For a
 * connection of its own. Throws validation_failed for a damaged file, a newer build's, or a database in use.
 */
export async function restoreBackup(database: Database, file: string, { replace }: { replace: boolean }): Promise<RestoreReport> {
  const lines = readLines(file);
  const head = await readHead(lines);
  await database.execute(sql`begin`);
  try {
    await database.execute(sql`set local statement_timeout = 0`);
    await database.execute(sql`set local lock_timeout = '30s'`);
    await makeRoomFor(head, database, replace);
    const before = replace ? await readStanding(database) : NOTHING;
    const putBackTrail = await keepAuditTrail(database);
    const counts = await fill(database, lines);
    await moveSequences(database);
    await expectCounts(database, counts);
    await migrateWithin(database);
    await putBackTrail();
    await database.execute(sql`insert into restores (backup_made_at) values (${head.made_at}::text::timestamptz)`);
    const revived = revivedSince(before, await readStanding(database));
    await database.execute(sql`commit`);
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { madeAt: head.made_at, tables: counts.size, rows, revived };
  } catch (error) {
    // Of a connection that is gone the server has rolled back by itself.
    await database.execute(sql`rollback`).catch(() => {});
    throw error;
  } finally {
    await lines.return(undefined);
  }
}

type Lines = AsyncGenerator<Buffer>;

async function readHead(lines: Lines): Promise<BackupHead> {
  const head = readLine(backupHead, await next(lines), 'its head');
  if (schemaVersions().includes(head.schema)) return head;
  throw new DomainError('validation_failed', 'This backup was made by a build of PandaStack that this one does not know', {
    hint: 'Restore it with the build that made it, or a newer one. Nothing was changed.',
  });
}

/** Leaves empty tables of the backup's own version; what is in the way is refused, or with `replace` remembered and removed later. */
async function makeRoomFor(head: BackupHead, database: Database, replace: boolean): Promise<void> {
  const tables = await columnsByTable(database);
  if (tables.size === 0) {
    await migrateWithin(database, head.schema);
    return;
  }
  if ((await schemaVersion(database)) !== head.schema) {
    throw new DomainError('validation_failed', 'The tables here are of another version than the backup', {
      hint: 'Restore into an empty database, where it is migrated after; or with the build that made the backup. Nothing was changed.',
    });
  }
  const filled = await findFilled(database, [...tables.keys()]);
  if (filled === undefined) return;
  if (!replace) {
    throw new DomainError('validation_failed', `This database is in use: its table ${filled} holds rows`, {
      hint: 'Restore into an empty database, or put the backup in place of all this with --replace. Nothing was changed.',
    });
  }
  if (await keepServersOut(database)) return;
  throw new DomainError('validation_failed', 'A server is running on this database', {
    hint: 'Stop every replica first: what they write would be lost, and they remember what was true before. Nothing was changed.',
  });
}

/** A table that holds more than a new server's tables do by themselves. */
async function findFilled(database: Database, tables: string[]): Promise<string | undefined> {
  for (const table of tables) {
    if (SEEDED.has(table)) continue;
    const [found] = await database.execute(sql.raw(`select 1 from ${quoted(table)} limit 1`));
    if (found) return table;
  }
  return undefined;
}

/** Empties the tables, and reads the file into them. Returns how many rows each got. */
async function fill(database: Database, lines: Lines): Promise<Map<string, number>> {
  const known = await columnsByTable(database);
  await database.execute(sql.raw(`truncate ${quotedList([...known.keys()])}`));
  const counts = new Map<string, number>();
  for (;;) {
    const line = await next(lines);
    const end = line && backupEnd.safeParse(asJson(line));
    if (end?.success) {
      if (end.data.tables !== counts.size) throw damaged('tables are missing');
      return counts;
    }
    const { table, columns } = readLine(tableHead, line, 'the head of a table');
    refuseUnknown(table, columns, known);
    if (counts.has(table)) throw damaged(`${table} is in it twice`);
    counts.set(table, await readRows(database, { table, columns }, lines));
  }
}

function asJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

function refuseUnknown(table: string, columns: string[], known: Map<string, string[]>): void {
  const here = known.get(table);
  const missing = here ? columns.filter((column) => !here.includes(column)) : [table];
  if (missing.length === 0) return;
  throw new DomainError(
    'validation_failed',
    `The backup holds ${here ? `columns of ${table}` : 'a table'} that is not here: ${missing.join(', ')}`,
    {
      hint: 'Nothing was changed. Add them first, as whoever added them to the old database did.',
    },
  );
}

/** The next id must not be one that is there already. */
async function moveSequences(database: Database): Promise<void> {
  const rows = await database.execute<{ table: string; column: string; sequence: string }>(sql`
    select t.relname as "table", a.attname as "column", pg_get_serial_sequence(quote_ident(t.relname), a.attname) as sequence
    from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relnamespace = (select current_schema()::regnamespace) and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and pg_get_serial_sequence(quote_ident(t.relname), a.attname) is not null`);
  const known = await columnsByTable(database);
  for (const { table, column, sequence } of rows) {
    if (!known.has(table)) continue;
    const highest = sql.raw(`(select max(${quoted(column)}) from ${quoted(table)})`);
    await database.execute(sql`select setval(${sequence}, coalesce(${highest}, 1), ${highest} is not null)`);
  }
}

async function expectCounts(database: Database, counts: Map<string, number>): Promise<void> {
  for (const [table, expected] of counts) {
    const [found] = await database.execute<{ rows: string }>(sql.raw(`select count(*)::text as rows from ${quoted(table)}`));
    if (Number(found?.rows) !== expected) throw damaged(`${table} holds ${found?.rows} rows instead of ${expected}`);
  }
}
