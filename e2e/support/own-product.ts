import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { AgentReady } from '../../dev/start/agent-child';
import type { AuthServerReady } from '../../dev/start/auth-server-child';
import type { ProductReady } from '../../dev/start/banner';
import { type Child, startChild } from '../../dev/start/child';
import { APP_PORT, AUTH_PORT, DATA_DIR } from './stack';

export const PRODUCT = join('.next', 'standalone');

interface Choices {
  /** Its place beside the shared stack: ports and data are counted from there. One for each file of tests. */
  place: number;
  /** The folder of the built product. */
  folder?: string;
  env?: Record<string, string>;
  /** What its auth server does otherwise (DEV_AUTH_…). */
  authEnv?: Record<string, string>;
  /** With a stand-in for a machine that runs sandboxes. */
  agent?: boolean;
}

export interface OwnProduct {
  url: string;
  /** The folder of its data. One started anew at the same place goes on with it. */
  dataDir: string;
  auth: AuthServerReady;
  /** As its log printed it at the start. */
  setupCode: string;
  /** Takes the auth server away; what it knows stays on the disk. */
  stopAuth(): Promise<void>;
  startAuth(): Promise<void>;
  /** Takes the machine away, and the sandboxes on it. */
  stopAgent(): Promise<void>;
  startAgent(): Promise<void>;
  stop(): Promise<void>;
}

/** A product and an auth server that one file of tests has to itself, for what would disturb all others. */
export async function startOwnProduct({
  place,
  folder = PRODUCT,
  env = {},
  authEnv = {},
  agent: withAgent = false,
}: Choices): Promise<OwnProduct> {
  const port = APP_PORT + 10 * place;
  const url = `http://localhost:${port}`;
  const data = `${DATA_DIR}-${place}-${process.pid}`;
  let auth = await startAuth();
  const ready = await auth.ready;
  const nodeToken = randomBytes(32).toString('base64url');
  const app = await startChild<ProductReady>({
    name: 'app',
    args: [join(folder, 'server.mjs')],
    env: { ...process.env, ...productEnvironment(ready, { port, url, data }), PANDASTACK_NODE_TOKEN: nodeToken, ...env },
  });
  let agent = withAgent ? await startAgent() : undefined;

  function startAuth(): Promise<Child<AuthServerReady>> {
    const args = [
      '--import',
      'tsx',
      join('dev', 'start', 'auth-server-child.ts'),
      '--database',
      `${data}.sqlite`,
      '--site-url',
      url,
    ];
    const port = String(AUTH_PORT + 10 * place);
    return startChild({ name: 'auth', args, env: { ...process.env, ...authEnv, DEV_AUTH_PORT: port } });
  }

  function startAgent(): Promise<Child<AgentReady>> {
    const args = ['--import', 'tsx', join('dev', 'start', 'agent-child.ts'), '--data-dir', data];
    return startChild({ name: 'agent', args, env: { ...process.env, PANDASTACK_NODE_TOKEN: nodeToken } });
  }
  return {
    url,
    dataDir: data,
    auth: ready,
    setupCode: (await app.ready).setupCode ?? '',
    stopAuth: () => auth.stop(),
    startAuth: async () => {
      auth = await startAuth();
    },
    stopAgent: async () => agent?.stop(),
    startAgent: async () => {
      agent = await startAgent();
    },
    stop: async () => {
      await agent?.stop();
      await app.stop();
      await auth.stop();
    },
  };
}

function productEnvironment(auth: AuthServerReady, { port, url, data }: { port: number; url: string; data: string }) {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    PANDASTACK_DASHBOARD_URL: url,
    PANDASTACK_DATA_DIR: data,
    PANDASTACK_LOG_LEVEL: 'warn',
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SIGNUP: 'open',
    PANDASTACK_SMTP_URL: auth.smtpUrl,
    SUPABASE_URL: auth.url,
    SUPABASE_ANON_KEY: auth.anonKey,
    SUPABASE_JWT_SECRET: auth.jwtSecret,
  } as const;
}
