import process from 'node:process';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { startAgent } from '../agent/start-agent';

export interface AgentReady {
  id: string;
  endpoint: string;
}

/** The stand-in agent as a process of its own, on the database the product runs: it tells its parent where it is, and ends with it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string', default: '.pandastack' } } });
  const { PANDASTACK_DATABASE_URL, PANDASTACK_DB_DSN, PANDASTACK_NODE_TOKEN, DEV_AGENT_PORT } = process.env;
  const named = PANDASTACK_DATABASE_URL ?? PANDASTACK_DB_DSN;
  // The product runs the built-in server already: this attaches to it.
  const embedded = named ? undefined : await startEmbeddedPostgres(values['data-dir']);
  const { stop, ...agent } = await startAgent({
    databaseUrl: named ?? embedded?.url ?? '',
    id: 'stand-in',
    nodeToken: PANDASTACK_NODE_TOKEN,
    port: Number(DEV_AGENT_PORT ?? 0),
    log: (line) => console.warn(`agent: ${line}`),
  });
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(event, () => void stop().finally(() => process.exit(0)));
  }
  process.send?.(agent);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
