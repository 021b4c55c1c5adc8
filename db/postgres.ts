import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { connect, isTransactionPooler } from './connect';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';
import { limitAnswers, STATEMENT_TIMEOUT_MS } from './query-deadline';
import { retryConflicts } from './retry-conflicts';
import * as schema from './schema';
import { traceQueries } from './trace-queries';

const CLOSE_TIMEOUT_S = 5;

export type Database = ReturnType<typeof drizzle<typeof schema>>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

interface DatabaseState {
  opening?: Promise<void> | undefined;
  client?: Sql | undefined;
  listening?: Sql | undefined;
  database?: Database | undefined;
  embedded?: EmbeddedPostgres | undefined;
  url?: string | undefined;
}

declare global {
  var __pandastackDatabase: DatabaseState | undefined;
}

// Several copies of this module live in one process (API bundle, Next's server and instrumentation): one pool for all.
function state(): DatabaseState {
  globalThis.__pandastackDatabase ??= {};
  return globalThis.__pandastackDatabase;
}

/** The open database. Throws dependency_unavailable before openDatabase() has finished. */
export function db(): Database {
  const { database } = state();
  if (database) return database;
  throw new DomainError('dependency_unavailable', 'The database is not open yet', {
    hint: 'The server is still starting; try again in a few seconds.',
  });
}

/**
 * Opens the database of the configuration: starts (or attaches to) the embedded server when no URL is set, migrates, opens the
 * pool. Callers at the same time share one opening; after a failure the next call tries again.
 */
export async function openDatabase(): Promise<void> {
  const current = state();
  current.opening ??= openConfigured(current).catch(async (error: unknown) => {
    await closeDatabase();
    throw error;
  });
  return current.opening;
}

async function openConfigured(current: DatabaseState): Promise<void> {
  const { databaseUrl, dataDir } = config();
  if (!databaseUrl) current.embedded = await startEmbeddedPostgres(dataDir);
  const url = databaseUrl ?? current.embedded?.url ?? '';
  await migrateDatabaseAt(url);
  await openDatabaseAt(url);
}

/** Opens the pool on a database that is migrated already: tests, and the second half of openDatabase(). */
export async function openDatabaseAt(url: string): Promise<void> {
  const current = state();
  if (current.client) throw new Error('A database is open already');
  traceQueries();
  current.url = url;
  current.listening = connect(url);
  openPool(current, url);
}

/** A query that gets no answer takes its whole pool away: the others' packets go the same way. What still gets answers ends in order. */
function openPool(current: DatabaseState, url: string): void {
  const client = connect(url);
  limitAnswers(client, url, () => {
    if (current.client !== client) return;
    openPool(current, url);
    void client.end({ timeout: STATEMENT_TIMEOUT_MS / 1_000 });
  });
  current.client = client;
  current.database = withRetries(drizzle(client, { schema }));
}

/** Every transaction of the pool is tried again when it met another: no verb has to know. */
function withRetries(database: Database): Database {
  const transact = database.transaction.bind(database);
  database.transaction = (work, settings) => retryConflicts(() => transact(work, settings));
  return database;
}

/** Migrates the database of a URL on a connection of its own and returns how many migrations were missing. */
export async function migrateDatabaseAt(url: string): Promise<number> {
  return withConnection(url, migrate);
}

/** Lends a connection of its own to one piece of work. */
export async function withConnection<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const client = connect(url, { max: 1 });
  try {
    return await work(drizzle(client, { schema }));
  } finally {
    await client.end({ timeout: CLOSE_TIMEOUT_S });
  }
}

/**
 * Lends one session of the open database for as long as the work takes; whoever keeps it says something now and then. A transaction
 * pooler has none to lend: resolves to undefined there, without the work.
 */
export async function withSession<T>(work: (session: Database) => Promise<T>): Promise<T | undefined> {
  const url = URL.parse(state().url ?? '');
  if (!url) throw new Error('The database is not open');
  if (isTransactionPooler(url)) return undefined;
  const client = connect(url.href, { max: 1, max_lifetime: null });
  try {
    return await work(drizzle(client, { schema }));
  } finally {
    await client.end({ timeout: CLOSE_TIMEOUT_S });
  }
}

/** Lets running queries finish for a moment, closes the pool and stops the embedded server if this process started it. */
export async function closeDatabase(): Promise<void> {
  const { client, listening, embedded } = state();
  globalThis.__pandastackDatabase = undefined;
  await Promise.all([client, listening].map((open) => open?.end({ timeout: CLOSE_TIMEOUT_S })));
  await embedded?.stop();
}

/** Resolves when the database answers within `timeoutMs`; throws dependency_unavailable when not. */
export async function pingDatabase(timeoutMs: number): Promise<void> {
  const query = db().execute('select 1');
  query.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([query, late]);
  } catch (cause) {
    throw new DomainError('dependency_unavailable', 'Postgres does not answer', { hint: 'See PANDASTACK_DATABASE_URL.', cause });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lends a connection of its own to the configured database as it is: not migrated, and without a limit on how long a statement takes.
 * Starts (or attaches to) the embedded server when no URL is set.
 */
export async function withConfiguredDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = config();
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(dataDir) : undefined;
  try {
    return await withConnection(databaseUrl ?? embedded?.url ?? '', work);
  } finally {
    await embedded?.stop();
  }
}

interface Listener {
  /** Something was notified. */
  heard: () => void;
  /** Listening began, or began again after a lost connection: what was notified meanwhile was not heard. */
  began: () => void;
}

/** Listens on a channel over a connection of its own that comes back by itself. Returns what ends it. A transaction pooler delivers nothing. */
export async function listenTo(channel: string, { heard, began }: Listener): Promise<() => Promise<void>> {
  const { listening } = state();
  if (!listening) throw new Error('The database is not open');
  const { unlisten } = await listening.listen(channel, heard, began);
  return unlisten;
}

/** Where the rows lie: the folder of the embedded server, or null for a server of its own. */
export function embeddedDatabaseFolder(): string | null {
  return state().embedded?.folder ?? null;
}
