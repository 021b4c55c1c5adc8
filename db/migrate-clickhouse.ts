import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findShipped } from './find-shipped';

/** What a migration needs of a client; kept narrow so that only clickhouse.ts knows the driver. */
export interface ClickhouseRunner {
  run(statement: string): Promise<void>;
  appliedVersions(): Promise<Set<number>>;
}

const PREPARATION = [
  'CREATE DATABASE IF NOT EXISTS pandastack',
  `CREATE TABLE IF NOT EXISTS pandastack.schema_migrations (version UInt32, name String, applied_at DateTime64(3) DEFAULT now64(3))
   ENGINE = ReplacingMergeTree ORDER BY version`,
];

/** Applies the numbered SQL of db/clickhouse that is missing. Every statement is idempotent, so replicas may do it at once. */
export async function migrateClickhouse({ run, appliedVersions }: ClickhouseRunner): Promise<void> {
  for (const statement of PREPARATION) await run(statement);
  const applied = await appliedVersions();
  for (const { version, name, statements } of readMigrations()) {
    if (applied.has(version)) continue;
    for (const statement of statements) await run(statement);
    await run(`INSERT INTO pandastack.schema_migrations (version, name) SELECT ${version}, '${name}'`);
  }
}

/** The newest version of the tables that this build knows. */
export function newestClickhouseVersion(): number {
  return Math.max(...readMigrations().map(({ version }) => version));
}

function readMigrations(): { version: number; name: string; statements: string[] }[] {
  const folder = findShipped(join('db', 'clickhouse'));
  if (!folder) throw new Error('The folder `db/clickhouse` with the ClickHouse tables is missing beside this program');
  const files = readdirSync(folder).filter((file) => /^\d{4}_\w+\.sql$/.test(file));
  return files.sort().map((file) => ({
    version: Number(file.slice(0, 4)),
    name: file.slice(5, -4),
    statements: splitStatements(readFileSync(join(folder, file), 'utf8')),
  }));
}

function splitStatements(text: string): string[] {
  const withoutComments = text.replace(/^--.*$/gm, '');
  return withoutComments
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
