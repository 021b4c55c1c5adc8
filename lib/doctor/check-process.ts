import { db } from '@/db/postgres';
import { selectRows } from '@/db/select-rows';
import { forwardingMisfit } from '@/lib/auth/forwarding';
import { type Config, config } from '@/lib/config';
import { schemaFinding } from './check-clickhouse';
import { checkDatabase, databaseAway } from './check-database';
import { type Finding, fine, trouble } from './finding';

/** What only the process that serves can say: how the requests came that it answered, and its built-in ClickHouse. */
export async function checkProcess({ trustedProxies, clickhouseUrl }: Config): Promise<Finding[]> {
  const proxies = checkProxies(trustedProxies);
  return clickhouseUrl === null ? [...(await checkChdb()), proxies] : [proxies];
}

/** checkProcess() of this process and, where it is built in, its database: for a command that asks through the operator's door. */
export async function examineProcess(): Promise<Finding[]> {
  const settings = config();
  const store = settings.databaseUrl === null ? await checkDatabase(db(), settings).catch((error) => [databaseAway(error)]) : [];
  return [...store, ...(await checkProcess(settings))];
}

function checkProxies(configured: number): Finding {
  const misfit = forwardingMisfit();
  if (!misfit) return fine('proxies', 'PANDASTACK_TRUSTED_PROXIES fits the requests that came');
  const few = misfit.kind === 'unbelieved';
  return trouble('proxies', 'warn', {
    seen: few
      ? 'a proxy names its clients in X-Forwarded-For and PANDASTACK_TRUSTED_PROXIES is 0: all are one client to limits and audit log'
      : `a request named ${misfit.hops} in X-Forwarded-For and PANDASTACK_TRUSTED_PROXIES is ${configured}: clients may write their own address`,
    expected: 'as many proxies as stand before this service, and each adds the address it saw',
    fix: 'Set PANDASTACK_TRUSTED_PROXIES to the number of your proxies and start again',
  });
}

async function checkChdb(): Promise<Finding[]> {
  try {
    const [row] = await selectRows<{ version: number }>(
      'SELECT max(version) AS version FROM pandastack.schema_migrations',
      {},
      1,
    );
    return [fine('clickhouse', 'the built-in ClickHouse answers'), schemaFinding(Number(row?.version))];
  } catch {
    return [
      trouble('clickhouse', 'fail', {
        seen: 'the built-in ClickHouse does not answer',
        expected: 'rows in the folder clickhouse of PANDASTACK_DATA_DIR',
        fix: 'See the log of the service',
      }),
    ];
  }
}
