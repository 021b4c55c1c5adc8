import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import { ConfigError } from '@/lib/config';
import { DataDirInUse, DataDirUnusable, lockDataDir } from '@/lib/data-dir-lock';
import { buildProduct, PRODUCT } from './build';
import type { AgentReady } from './start/agent-child';
import type { AuthServerReady } from './start/auth-server-child';
import { banner, type ProductReady } from './start/banner';
import { type Child, ChildFailed, startChild } from './start/child';
import { isFree } from './start/is-free';
import { type LocalSettings, localSettings } from './start/local-settings';
import { onAncestorGone } from './start/watch-ancestors';

const root = join(import.meta.dirname, '..');
const children: Child<unknown>[] = [];
let stopping = false;

/**
 * `npm start`: builds what is stale, starts the auth server when no project is named, then the product (or `next dev`); with `--agent`
 * a stand-in for a machine that runs sandboxes, too.
 */
async function main(): Promise<void> {
  const watch = process.argv.includes('--watch');
  const settings = localSettings(root);
  const withAgent = process.argv.includes('--agent');
  if (withAgent) settings.env.PANDASTACK_NODE_TOKEN ??= randomBytes(32).toString('base64url');
  const { overruled } = settings;
  if (overruled.length > 0) console.warn(`The environment counts, and not .env, for ${overruled.join(', ')}`);
  await refuseWhenInUse(settings); // Before the build, which would take the files from under a running product.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAll(0));
  onAncestorGone(() => void stopAll(0));
  if (!watch) await buildProduct({ force: process.argv.includes('--force') });
  const auth = settings.needsAuthServer ? await startAuthServer(settings) : undefined;
  const { setupCode } = await start<ProductReady>(
    'app',
    watch ? typescript('start/next-dev-child.ts') : [join(PRODUCT, 'server.mjs')],
    {
      ...settings.env,
      ...(auth ? authVariables(auth, settings.env) : {}),
      NODE_ENV: watch ? 'development' : 'production',
    },
  );
  const agent = withAgent ? await startAgent(settings) : undefined;
  console.log(banner(settings, { auth, setupCode, agent }));
}

async function refuseWhenInUse({ embeddedStores, dataDir, port }: LocalSettings): Promise<void> {
  if (embeddedStores) lockDataDir(dataDir)(); // Throws DataDirInUse; the product takes it for good.
  if (await isFree(port)) return;
  throw new CannotStart(`Port ${port} is taken by another program: stop it, or choose another: PORT=3001 npm start`);
}

class CannotStart extends Error {}

async function startAuthServer({ dataDir, appUrl, env }: LocalSettings): Promise<AuthServerReady> {
  const args = ['--database', join(dataDir, 'auth.sqlite'), '--site-url', env.PANDASTACK_DASHBOARD_URL ?? appUrl];
  return start<AuthServerReady>('auth', [...typescript('start/auth-server-child.ts'), ...args], process.env);
}

/** After the product, which migrates the database and runs it when it is the built-in one. */
async function startAgent({ dataDir, env }: LocalSettings): Promise<AgentReady> {
  return start<AgentReady>('agent', [...typescript('start/agent-child.ts'), '--data-dir', dataDir], env);
}

function authVariables(auth: AuthServerReady, env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: auth.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: auth.serviceRoleKey,
    SUPABASE_JWT_SECRET: auth.jwtSecret,
    PANDASTACK_SMTP_URL: env.PANDASTACK_SMTP_URL ?? auth.smtpUrl,
  };
}

function typescript(file: string): string[] {
  return ['--import', 'tsx', join(import.meta.dirname, file)];
}

/** Starts a part of the whole; when it ends, the whole ends. */
async function start<Ready>(name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Ready> {
  const child = await startChild<Ready>({ name, args, env });
  children.push(child);
  void child.exited.then((code) => {
    if (!stopping) console.error(`${name} ended by itself (exit code ${code}); stopping the rest`);
    return stopAll(code || 1);
  });
  return child.ready;
}

/** The product first: it may still want to ask the auth server something. */
async function stopAll(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const child of children.toReversed()) await child.stop();
  process.exit(exitCode);
}

/** What went wrong, in words where they are known; a child has told its own story already. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = [CannotStart, ChildFailed, ConfigError, DataDirInUse, DataDirUnusable].some((kind) => error instanceof kind);
  return known ? error.message : (error.stack ?? error.message);
}

main().catch(async (error: unknown) => {
  console.error(explain(error));
  await stopAll(error instanceof ChildFailed ? error.exitCode : 1);
});
