import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { DomainError } from '@/lib/errors';
import { damaged, END_OF_ROWS, readLine, tableEnd } from './backup-format';
import { quoted, quotedList } from './tables';

type Lines = AsyncGenerator<Buffer>;
type Table = { table: string; columns: string[] };

const ROWS_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 1_000_000;

/**
 * Reads the rows of one table out of a backup into the database, and returns how many there were. Throws validation_failed when they
 * are not those that were written, or the database refuses them.
 */
export async function readRows(database: Database, table: Table, lines: Lines): Promise<number> {
  const digest = createHash('sha256');
  let rows = 0;
  let batch: Buffer[] = [];
  let bytes = 0;
  for (let line = await nextRow(lines); line; line = await nextRow(lines)) {
    digest.update(line);
    rows++;
    batch.push(line);
    bytes += line.length;
    if (batch.length < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    await insert(database, table, batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await insert(database, table, batch);
  const told = readLine(tableEnd, await next(lines), `the end of ${table.table}`);
  const same = told.table === table.table && told.rows === rows && told.sha256 === digest.digest('hex');
  if (!same) throw damaged(`the rows of ${table.table} are not those that were written`);
  return rows;
}

/** The next line; undefined after the last. */
export async function next(lines: Lines): Promise<Buffer | undefined> {
  const { value, done } = await lines.next();
  return done ? undefined : value;
}

async function nextRow(lines: Lines): Promise<Buffer | undefined> {
  const line = await next(lines);
  if (line === undefined) throw damaged('it ends within a table');
  return line.length === END_OF_ROWS.length && line.toString('latin1') === END_OF_ROWS ? undefined : line;
}

/** By the input functions of the columns' types, which read exactly what their output functions wrote. */
async function insert(database: Database, { table, columns }: Table, batch: Buffer[]): Promise<void> {
  const rows = `[${batch.map((line) => line.toString('utf8')).join(',')}]`;
  const list = sql.raw(quotedList(columns));
  const name = sql.raw(quoted(table));
  try {
    await database.execute(
      sql`insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, ${rows}::text::jsonb)`,
    );
  } catch (cause) {
    throw new DomainError('validation_failed', `The database refuses the rows of ${table}`, {
      hint: 'Nothing was changed. Its own log tells which rule they break.',
      cause,
    });
  }
}
