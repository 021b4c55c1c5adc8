import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import { findShipped } from './find-shipped';

// Any number that nobody else uses in this database.
const MIGRATION_LOCK = 727_001;
// SQLSTATE: a role that may not create schemas or tables.
const INSUFFICIENT_PRIVILEGE = '42501';

/** PostgreSQL 14, as the server tells its version. */
export const OLDEST_POSTGRES = 140_000;

/** The tables are those of a build that this one knows nothing of. */
export class MadeByNewerBuild extends Error {}

/** A server on which some of our SQL would fail sooner or later. */
export class ServerTooOld extends Error {}

type Migratable = Pick<PgDatabase<PgQueryResultHKT, Record<string, unknown>>, 'transaction'>;
type MigrationTransaction = Pick<PgTransaction<PgQueryResultHKT, Record<string, unknown>>, 'execute'>;

/**
 * Brings the database to this build's tables and returns how many migrations that took. One transaction under an advisory lock:
 * any number of replicas may start at once, behind transaction poolers too, and a failure leaves nothing half done.
 * Throws ServerTooOld or MadeByNewerBuild, having changed nothing.
 */
export async function migrate(database: Migratable, folder = migrationsFolder()): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  try {
    return await database.transaction((tx) => applyMissing(tx, migrations));
  } catch (error) {
    if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    const advice = 'Make it the owner of the database and its tables, or run `pandastack migrate` with a role that is.';
    throw new Error(`The role in PANDASTACK_DATABASE_URL may not create or alter tables. ${advice}`, { cause: error });
  }
}

/** The versions of the schema that this build knows, oldest first: when each of its migrations was made. */
export function schemaVersions(): number[] {
  return readMigrationFiles({ migrationsFolder: migrationsFolder() }).map((migration) => migration.folderMillis);
}

/** migrate() as part of a transaction that somebody else holds, up to a version that this build knows. */
export function migrateWithin(tx: MigrationTransaction, upTo = Number.POSITIVE_INFINITY): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: migrationsFolder() });
  return applyMissing(
    tx,
    migrations.filter((migration) => migration.folderMillis <= upTo),
  );
}

function migrationsFolder(): string {
  const folder = findShipped('drizzle');
  if (folder) return folder;
  throw new Error('The folder `drizzle` with the migrations is missing beside this program');
}

async function applyMissing(tx: MigrationTransaction, migrations: MigrationMeta[]): Promise<number> {
  const version = await serverVersion(tx);
  if (version < OLDEST_POSTGRES) throw new ServerTooOld(`Postgres ${Math.floor(version / 10_000)} is too old: 14 is needed.`);
  // Adopting a large table and waiting for another replica may both take long.
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(MIGRATION_LOCK))})`);
  const latest = await latestApplied(tx);
  const newest = Math.max(...migrations.map((migration) => migration.folderMillis));
  if (latest > newest) {
    throw new MadeByNewerBuild(
      'The database was migrated by a newer build of PandaStack. Start that build, or restore a backup from before it.',
    );
  }
  const missing = migrations.filter((migration) => migration.folderMillis > latest);
  for (const migration of missing) await apply(tx, migration);
  return missing.length;
}

/** The version of a database's schema; 0 for one that was never migrated. Changes nothing. */
export async function schemaVersion(tx: MigrationTransaction): Promise<number> {
  const [table] = await rows(tx, sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`);
  return table?.known ? latestApplied(tx) : 0;
}

/** The version of the server as a number: 140_000 is PostgreSQL 14.0. */
export async function serverVersion(database: MigrationTransaction): Promise<number> {
  const [row] = await rows(database, sql`select current_setting('server_version_num')::int as version`);
  return Number(row?.version);
}

/** When the last applied migration was made; 0 on a database without any. The table is drizzle-kit's own, so its commands work too. */
async function latestApplied(tx: MigrationTransaction): Promise<number> {
  const [table] = await rows(tx, sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`);
  if (!table?.known) {
    await tx.execute(sql`create schema if not exists drizzle`);
    await tx.execute(
      sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
    );
  }
  const [last] = await rows(tx, sql`select coalesce(max(created_at), 0)::text as latest from drizzle.__drizzle_migrations`);
  return Number(last?.latest);
}

async function apply(tx: MigrationTransaction, { sql: statements, hash, folderMillis }: MigrationMeta): Promise<void> {
  for (const statement of statements) await tx.execute(sql.raw(statement));
  await tx.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`);
}

async function rows(tx: MigrationTransaction, query: ReturnType<typeof sql>): Promise<Record<string, unknown>[]> {
  const result: unknown = await tx.execute(query);
  return Array.isArray(result) ? result : [];
}

function sqlState(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
