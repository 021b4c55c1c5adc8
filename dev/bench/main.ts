import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { buildProduct, PRODUCT } from '../build';
import type { AuthServerReady } from '../start/auth-server-child';
import { type Child, startChild } from '../start/child';
import { benchGateway } from './gateway/bench-gateway';
import { announce, compare, type Target } from './measure';
import { benchRequestHistory } from './request-history';
import { createSamplePerson, type SamplePerson } from './sample-person';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, only: { type: 'string' } },
});
const PORT = 3090;
const app = `http://127.0.0.1:${PORT}`;
const children: Child<unknown>[] = [];

interface Scenario {
  title: string;
  product: Target;
  bare: Target;
}

/** `npm run bench`: the built product against a bare server doing the same work, in turns, on this machine. */
async function main(dataDir: string): Promise<void> {
  await buildProduct();
  const auth = await start<AuthServerReady>(
    'auth',
    [...typescript('start/auth-server-child.ts'), '--database', ':memory:', '--site-url', app],
    {},
  );
  const startedAt = performance.now();
  const product = await start('app', [join(PRODUCT, 'server.mjs')], productVariables(dataDir, auth.ready));
  const readyMs = performance.now() - startedAt;
  const person = await createSamplePerson(auth.ready, app);
  const { url: databaseUrl } = await startEmbeddedPostgres(dataDir); // Attaches to the product's.
  const bare = await start<{ port: number }>('bare', typescript('bench/baseline-server.ts'), {
    BENCH_DATABASE_URL: databaseUrl,
    BENCH_JWT_SECRET: auth.ready.jwtSecret,
    BENCH_ISSUER: `${auth.ready.url}/auth/v1`,
  });
  if (values.only === undefined) await runRounds(scenarios(`http://127.0.0.1:${bare.ready.port}`, person));
  console.log(`\nproduct: ready after ${Math.round(readyMs)} ms, ${residentMegabytes(product.pid)} MB resident after the load`);
  await runGateway({ databaseUrl, pid: product.pid, credentials: person });
  if (values.only === undefined) await benchRequestHistory();
}

async function runGateway({
  databaseUrl,
  pid,
  credentials,
}: {
  databaseUrl: string;
  pid: number;
  credentials: SamplePerson;
}): Promise<void> {
  const agent = await start<{ port: number }>('agent', typescript('bench/gateway/bare-agent.ts'), {});
  const proxy = await start<{ port: number }>('proxy', typescript('bench/gateway/bare-proxy.ts'), {
    BENCH_AGENT_PORT: String(agent.ready.port),
  });
  await benchGateway({
    product: app,
    bare: `http://127.0.0.1:${proxy.ready.port}`,
    databaseUrl,
    agentPort: agent.ready.port,
    credentials,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    megabytes: () => residentMegabytes(pid),
    bareMegabytes: () => residentMegabytes(proxy.pid),
  });
}

function scenarios(bare: string, { accessToken, apiToken }: { accessToken: string; apiToken: string }): Scenario[] {
  const me = `${app}/v1/me`;
  return [
    {
      title: 'GET /v1/me, JWT',
      product: { url: me, credential: accessToken },
      bare: { url: `${bare}/me`, credential: accessToken },
    },
    {
      title: 'GET /v1/me, API token',
      product: { url: me, credential: apiToken },
      bare: { url: `${bare}/me`, credential: apiToken },
    },
    { title: 'GET /login', product: { url: `${app}/login` }, bare: { url: `${bare}/page` } },
  ];
}

async function runRounds(all: Scenario[]): Promise<void> {
  announce('requests/s', 'bare node:http');
  for (const scenario of all) {
    await compare({ ...scenario, rounds: Number(values.rounds), seconds: Number(values.seconds), warmUpSeconds: 1 });
  }
}

function productVariables(dataDir: string, auth: AuthServerReady): Record<string, string> {
  return {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: app,
    PANDASTACK_DATA_DIR: dataDir,
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SIGNUP: 'open',
    PANDASTACK_LOG_LEVEL: 'warn',
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: auth.anonKey,
    SUPABASE_JWT_SECRET: auth.jwtSecret,
    PORT: String(PORT),
    HOSTNAME: '127.0.0.1',
  };
}

async function start<Ready>(name: string, args: string[], env: Record<string, string>): Promise<Child<Ready>> {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(PANDASTACK_|SUPABASE_|NEXT_PUBLIC_)/.test(key)),
  );
  const child = await startChild<Ready>({ name, args, env: { ...kept, ...env, NODE_ENV: 'production' } });
  children.push(child);
  return child;
}

function typescript(file: string): string[] {
  return ['--import', 'tsx', join(import.meta.dirname, '..', file)];
}

function residentMegabytes(pid: number): number {
  return Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);
}

const dataDir = mkdtempSync(join(tmpdir(), 'pandastack-bench-'));
// Postgres runs as another uid when started by root, and must get in.
chmodSync(dataDir, 0o755);
try {
  await main(dataDir);
} finally {
  for (const child of children.toReversed()) await child.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
