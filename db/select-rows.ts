import { DomainError } from '@/lib/errors';
import { clickhouse } from './clickhouse';

/** chDB answers on the few threads that also verify signatures and resolve names: readers must leave some of them free. */
const MAX_AT_ONCE = 2;
const QUERY_LIMIT_S = 5;

interface Turnstile {
  inside: number;
  waiting: (() => void)[];
}

declare global {
  var __pandastackClickhouseReaders: Turnstile | undefined;
}

/**
 * Reads from ClickHouse with bound parameters (`{name:Type}` in the query): read-only, at most 5 s and `maxRows` rows, few queries
 * of a process at a time. Throws dependency_unavailable.
 */
export async function selectRows<Row>(
  query: string,
  parameters: Record<string, string | number | string[]>,
  maxRows: number,
): Promise<Row[]> {
  // Limits stand in the statement: chDB would keep settings that come with a request for every later one.
  const limited = `${query} SETTINGS readonly = 1, max_execution_time = ${QUERY_LIMIT_S}, max_result_rows = ${maxRows}`;
  const client = await clickhouse();
  try {
    return await inTurn(async () => {
      const result = await client.query({ query: limited, query_params: parameters, format: 'JSONEachRow' });
      return result.json<Row>();
    });
  } catch (cause) {
    throw new DomainError('dependency_unavailable', 'ClickHouse cannot be read at the moment', {
      hint: 'Nothing is lost: events are kept until it is back. Operators: see /readyz and PANDASTACK_CLICKHOUSE_URL.',
      cause,
    });
  }
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  globalThis.__pandastackClickhouseReaders ??= { inside: 0, waiting: [] };
  const turnstile = globalThis.__pandastackClickhouseReaders;
  if (turnstile.inside < MAX_AT_ONCE) turnstile.inside += 1;
  else await new Promise<void>((resolve) => turnstile.waiting.push(resolve));
  try {
    return await work();
  } finally {
    // Whoever leaves hands the place on, so nobody slips in between.
    const next = turnstile.waiting.shift();
    if (next) next();
    else turnstile.inside -= 1;
  }
}
