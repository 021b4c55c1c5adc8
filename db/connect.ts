import postgres, { type Options, type PostgresType, type Sql } from 'postgres';
import { STATEMENT_TIMEOUT_MS } from './query-deadline';

/** The most connections one process opens for its requests. */
export const POOL_SIZE = 10;
const CONNECT_TIMEOUT_S = 3;
const IDLE_TIMEOUT_S = 300;

/** In seconds. The driver's own pauses grow to 20 s, and requests wait through them: neither told 503 nor served when Postgres is back. */
export const reconnectAfter = (attempt: number) => (0.5 + Math.random() / 2) * Math.min(0.05 * 2 ** attempt, 1);

/**
 * postgres.js on a URL as libpq knows it, `?host=/socket/folder` included. A transaction pooler (port 6543, `?pgbouncer=true` or
 * `?pooler=transaction`) keeps neither prepared statements nor start-up settings: both are left out, so there the role needs its
 * own limit (`ALTER ROLE … SET statement_timeout = '10s'`).
 */
export function connect(rawUrl: string, options: Options<Record<string, PostgresType>> = {}): Sql {
  const url = URL.parse(rawUrl);
  // new URL() would put the whole text, password and all, into its error.
  if (!url) throw new Error('PANDASTACK_DATABASE_URL is not a URL: percent-encode special characters in its password');
  const pooled = isTransactionPooler(url);
  const socketFolder = url.searchParams.get('host');
  // What postgres.js does not know it would send to the server as a setting, which refuses the connection.
  for (const name of ['pgbouncer', 'pooler', 'host', 'connection_limit']) url.searchParams.delete(name);
  const client = postgres(url.href, {
    max: POOL_SIZE,
    connect_timeout: CONNECT_TIMEOUT_S,
    idle_timeout: IDLE_TIMEOUT_S,
    backoff: reconnectAfter,
    prepare: !pooled,
    connection: { application_name: 'pandastack', ...(pooled ? {} : { statement_timeout: STATEMENT_TIMEOUT_MS }) },
    onnotice: () => {},
    ...(socketFolder ? { host: socketFolder } : {}),
    ...options,
  });
  // Drizzle sends all its queries through unsafe(), which by default has the server parse each of them anew.
  const { unsafe } = client;
  client.unsafe = (query, parameters, settings) => unsafe(query, parameters, { prepare: !pooled, ...settings });
  return client;
}

/** Whether a URL says that it leads to a pooler that lends its connections for one transaction at a time. */
export function isTransactionPooler({ port, searchParams }: URL): boolean {
  return port === '6543' || searchParams.get('pgbouncer') === 'true' || searchParams.get('pooler') === 'transaction';
}
