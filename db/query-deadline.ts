import type { Sql, TransactionSql } from 'postgres';

/** What the server lets a statement take, unless the URL sets another limit. */
export const STATEMENT_TIMEOUT_MS = 10_000;
/** Beyond the server's own limit, so that a statement that is merely slow is ended there, with its reason. */
const GRACE_MS = 2_000;

/** What a query is told whose answer did not come: nobody knows whether it was carried out. */
class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';
  readonly syscall = 'query';
  constructor(milliseconds: number) {
    super(`Postgres gave no answer within ${milliseconds} ms`);
  }
}

declare global {
  var __pandastackQueries: { open: number; lost: number } | undefined;
}

/** Queries that wait for a connection or an answer now, and those that got none in time since the start. */
export function queryStatistics(): { open: number; lost: number } {
  globalThis.__pandastackQueries ??= { open: 0, lost: 0 };
  return globalThis.__pandastackQueries;
}

type Runner = Pick<Sql, 'unsafe'>;
type Tell = (error: NoAnswer) => void;
type Work = (transaction: TransactionSql) => unknown;

/**
 * Gives each query of a pool, and each COMMIT and ROLLBACK, an end in time on this side of the network too: a peer whose packets
 * vanish never says that it is gone. `lost` is called when one got no answer; a URL with `statement_timeout=0` sets no
 * end here either.
 */
export function limitAnswers(client: Sql, url: string, lost: () => void): void {
  const statementTimeoutMs = Number(URL.parse(url)?.searchParams.get('statement_timeout') ?? STATEMENT_TIMEOUT_MS);
  if (!(statementTimeoutMs > 0)) return;
  const limit = statementTimeoutMs + GRACE_MS;
  limitQueries(client, limit, lost);
  const begin = client.begin.bind(client) as (options: string, work: Work) => Promise<unknown>;
  const limited = async (...call: [Work] | [string, Work]) => {
    const [options, work] = call.length === 1 ? (['', call[0]] as const) : call;
    // The driver sends ROLLBACK over the same dead connection and would wait for that.
    const gone = Promise.withResolvers<never>();
    gone.promise.catch(() => {});
    const tell = (error: NoAnswer) => {
      lost();
      gone.reject(error);
    };
    let ending: NodeJS.Timeout | undefined;
    const carryOut = async (transaction: TransactionSql) => {
      limitQueries(transaction, limit, tell);
      try {
        return await work(transaction);
      } finally {
        ending = setTimeout(() => tell(new NoAnswer(limit)), limit);
      }
    };
    return Promise.race([begin(options, carryOut), gone.promise]).finally(() => clearTimeout(ending));
  };
  client.begin = limited as Sql['begin'];
}

function limitQueries(runner: Runner, limit: number, lost: Tell): void {
  const { unsafe } = runner;
  runner.unsafe = ((...call: Parameters<Sql['unsafe']>) => {
    const query = unsafe(...call);
    const statistics = queryStatistics();
    statistics.open += 1;
    const timer = setTimeout(() => {
      const error = new NoAnswer(limit);
      statistics.lost += 1;
      lost(error);
      // The driver's own way of failing a query; its types leave it out.
      (query as unknown as { reject: Tell }).reject(error);
    }, limit);
    const settled = () => {
      clearTimeout(timer);
      statistics.open -= 1;
    };
    query.then(settled, settled);
    return query;
  }) as Sql['unsafe'];
}
