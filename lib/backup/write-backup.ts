import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { schemaVersion } from '@/db/migrate';
import type { Database } from '@/db/postgres';
import { DomainError } from '@/lib/errors';
import { type BackupHead, END_OF_ROWS, FORMAT } from './backup-format';
import { columnsByTable, quoted, quotedList } from './tables';

export interface BackupReport {
  tables: number;
  rows: number;
}

/**
 * Writes every table of ours, as of one moment, into a file that only its owner may read and that appears once it is whole. For a
 * connection of its own, which it keeps in one transaction; what others do meanwhile goes on. Throws validation_failed when the
 * file is there already or the database holds nothing of ours.
 */
export async function writeBackup(database: Database, file: string): Promise<BackupReport> {
  const report: BackupReport = { tables: 0, rows: 0 };
  const partial = `${file}.partial`;
  await refuseExisting(file);
  try {
    await database.execute(sql`begin isolation level repeatable read read only`);
    await database.execute(sql`set local statement_timeout = 0`);
    await database.execute(sql`set local extra_float_digits = 1`);
    const target = createWriteStream(partial, { mode: 0o600, flags: 'wx' });
    await pipeline(Readable.from(contents(database, report)), createGzip(), target);
    await rename(partial, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) await rm(partial, { force: true });
    throw error;
  } finally {
    // Of a connection that is gone the server has rolled back by itself.
    await database.execute(sql`rollback`).catch(() => {});
  }
  return report;
}

async function refuseExisting(file: string): Promise<void> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists)
    throw new DomainError('validation_failed', `${file} is there already`, { hint: 'Choose another name, or remove it.' });
}

async function* contents(database: Database, report: BackupReport): AsyncGenerator<Buffer | string> {
  const tables = await columnsByTable(database);
  const version = await schemaVersion(database);
  if (version === 0 || tables.size === 0) throw new DomainError('validation_failed', 'This database holds nothing of PandaStack');
  const [clock] = await database.execute<{ now: string }>(sql`select to_json(now())#>>'{}' as now`);
  const head: BackupHead = { format: FORMAT, format_version: 1, schema: version, made_at: String(clock?.now) };
  yield line(head);
  for (const [table, columns] of tables) {
    yield line({ table, columns });
    const digest = createHash('sha256');
    let rows = 0;
    for await (const batch of rowsOf(database, table, columns)) {
      digest.update(batch.text);
      rows += batch.rows;
      yield batch.text;
    }
    yield END_OF_ROWS;
    yield line({ table, rows, sha256: digest.digest('hex') });
    report.tables += 1;
    report.rows += rows;
  }
  yield line({ end: true, tables: tables.size });
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

const ROWS_AT_ONCE = 1_000;

/** The rows of a table, each as one line of JSON. Not by COPY: the driver's streams of it may wait for ever at their end. */
async function* rowsOf(database: Database, table: string, columns: string[]): AsyncGenerator<{ text: string; rows: number }> {
  const query = `select to_jsonb(t)::text as line from (select ${quotedList(columns)} from ${quoted(table)}) t`;
  await database.execute(sql.raw(`declare backup_rows no scroll cursor for ${query}`));
  for (;;) {
    const found = await database.execute<{ line: string }>(sql.raw(`fetch ${ROWS_AT_ONCE} from backup_rows`));
    if (found.length > 0) yield { text: found.map((row) => `${row.line}\n`).join(''), rows: found.length };
    if (found.length < ROWS_AT_ONCE) break;
  }
  await database.execute(sql`close backup_rows`);
}
