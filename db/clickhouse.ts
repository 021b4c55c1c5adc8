import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ClickHouseClient, type ClickHouseClientConfigOptions, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { migrateClickhouse } from './migrate-clickhouse';

const REQUEST_TIMEOUT_MS = 10_000;
const DATABASE = 'pandastack';

interface ClickhouseState {
  client?: Promise<ClickHouseClient> | undefined;
  ready?: Promise<void> | undefined;
  /** The folder of chDB; undefined with a server. */
  folder?: string | undefined;
}

declare global {
  var __pandastackClickhouse: ClickhouseState | undefined;
}

// On globalThis for the same reason as the Postgres pool; chDB moreover allows one folder a process.
function state(): ClickhouseState {
  globalThis.__pandastackClickhouse ??= {};
  return globalThis.__pandastackClickhouse;
}

/**
 * Opens the ClickHouse of the configuration (chDB in the data dir when no URL is set) and makes its tables. A server that is away
 * is no error: the audit outbox waits for it. Throws when chDB is missing or its folder is taken.
 */
export async function openClickhouse(): Promise<void> {
  const { clickhouseUrl, dataDir } = config();
  await openClickhouseAt(clickhouseUrl ? { url: clickhouseUrl } : { folder: join(dataDir, 'clickhouse') });
}

/** openClickhouse() on a given place, for tests. */
export async function openClickhouseAt(place: { url: string } | { folder: string }): Promise<void> {
  const current = state();
  if ('folder' in place) current.folder = place.folder;
  current.client ??= 'url' in place ? Promise.resolve(connectToServer(place.url)) : openChdb(place.folder);
  try {
    await current.client;
  } catch (error) {
    globalThis.__pandastackClickhouse = undefined;
    throw error;
  }
  await clickhouse().catch((error: unknown) => {
    if ('folder' in place) throw error;
  });
}

/** The client, once its tables are there; makes them when the server was away before. Throws dependency_unavailable. */
export async function clickhouse(): Promise<ClickHouseClient> {
  const current = state();
  if (!current.client) throw unavailable('ClickHouse is not open yet');
  const client = await current.client;
  current.ready ??= prepare(client);
  try {
    await current.ready;
  } catch (cause) {
    current.ready = undefined;
    throw unavailable('ClickHouse does not answer', cause);
  }
  return client;
}

/** Closes the client; chDB frees its folder. */
export async function closeClickhouse(): Promise<void> {
  const { client, folder } = state();
  globalThis.__pandastackClickhouse = undefined;
  if (!client) return;
  await (await client).close();
  // An aborted query computes on inside chDB and holds the folder until it is through.
  if (folder) await (await import('chdb')).drainPending();
}

/** Resolves when ClickHouse answers within `timeoutMs`; throws dependency_unavailable when not. */
export async function pingClickhouse(timeoutMs: number): Promise<void> {
  const client = await (state().client ?? Promise.reject(unavailable('ClickHouse is not open yet')));
  const { promise, resolve } = Promise.withResolvers<{ success: false }>();
  const timer = setTimeout(() => resolve({ success: false }), timeoutMs);
  const answer = await Promise.race([client.ping({ select: true }), promise]);
  clearTimeout(timer);
  if (!answer.success) throw unavailable('ClickHouse does not answer', 'error' in answer ? answer.error : undefined);
}

/** Where chDB keeps its rows, or null with a server. */
export function embeddedClickhouseFolder(): string | null {
  return state().folder ?? null;
}

function connectToServer(url: string): ClickHouseClient {
  const named = new URL(url);
  // The database is made by the first migration, and asking for one that is not there yet is refused.
  named.pathname = '';
  const log = { level: ClickHouseLogLevel.OFF };
  return createClient({ url: named, application: 'pandastack', request_timeout: REQUEST_TIMEOUT_MS, log });
}

async function openChdb(folder: string): Promise<ClickHouseClient> {
  // Loaded only here: 566 MB that an installation with a server never touches, and that some platforms do not have.
  const { createChdbConnection } = await import('chdb/connection').catch((cause: unknown) => {
    throw new Error(
      'The built-in ClickHouse (chDB) is not installed or does not run on this platform (it needs Linux with glibc, or macOS). ' +
        'Set PANDASTACK_CLICKHOUSE_URL to a ClickHouse server.',
      { cause },
    );
  });
  mkdirSync(folder, { recursive: true });
  try {
    // The two packages carry copies of one interface that differ in the names of settings alone.
    const connection = createChdbConnection({ path: folder }) as unknown as ClickHouseClientConfigOptions['connection'];
    return createClient({ connection, log: { level: ClickHouseLogLevel.OFF } });
  } catch (cause) {
    throw unavailable(
      `The built-in ClickHouse cannot open ${folder}. One process may have it open: is PandaStack running on this data folder?`,
      cause,
    );
  }
}

function prepare(client: ClickHouseClient): Promise<void> {
  return migrateClickhouse({
    run: async (statement) => {
      await client.command({ query: statement });
    },
    appliedVersions: async () => {
      const result = await client.query({ query: `SELECT version FROM ${DATABASE}.schema_migrations`, format: 'JSONEachRow' });
      const rows = await result.json<{ version: number }>();
      return new Set(rows.map(({ version }) => Number(version)));
    },
  });
}

function unavailable(message: string, cause?: unknown): DomainError {
  const hint = 'See PANDASTACK_CLICKHOUSE_URL and /readyz. No event is lost meanwhile.';
  return new DomainError('dependency_unavailable', message, { hint, cause });
}
