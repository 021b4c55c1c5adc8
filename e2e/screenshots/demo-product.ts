import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const PORT = 3970;
export const APP = `http://localhost:${PORT}`;
export const INBOX = `http://localhost:${PORT + 1}`;

export interface DemoProduct {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Gives an org the month of a busy team; the product must be stopped. */
  addMonth(slug: string): Promise<void>;
  remove(): Promise<void>;
}

/** What `npm start -- --agent` runs, in a folder of its own. */
export async function demoProduct(): Promise<DemoProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'pandastack-screens-'));
  const env = {
    ...process.env,
    PORT: String(PORT),
    DEV_AUTH_PORT: String(PORT + 1),
    PANDASTACK_DATA_DIR: folder,
    PANDASTACK_LOG_LEVEL: 'error',
    PANDASTACK_BOOTSTRAP_OWNER_EMAIL: 'ada@acme.example',
    PANDASTACK_BOOTSTRAP_ORG: 'acme-research',
  };
  const run = (...args: string[]) => spawn(process.execPath, ['--import', 'tsx', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let product: ChildProcess | undefined;

  async function stop(): Promise<void> {
    if (!product) return;
    const exited = once(product, 'exit');
    product.kill('SIGTERM');
    await exited;
    product = undefined;
  }

  return {
    stop,
    async start() {
      product = run('dev/start.ts', '--agent');
      while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 200));
    },
    async addMonth(slug) {
      const [code] = await once(run('dev/demo/main.ts', '--org', slug), 'exit');
      if (code !== 0) throw new Error(`dev/demo ended with ${code}`);
    },
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`${APP}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}
