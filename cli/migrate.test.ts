import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { emptyDatabase } from '@/e2e/support/test-database';

async function migrate(url: string): Promise<string> {
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    PANDASTACK_AUTH_MODE: 'stub',
    PANDASTACK_DATABASE_URL: url,
  };
  return (await promisify(execFile)(process.execPath, ['--import', 'tsx', 'cli/main.ts', 'migrate'], { env })).stdout;
}

test('migrate brings an empty database to this version, and the second time there is nothing to do', async () => {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  expect(await migrate(url)).toMatch(/Postgres: \d+ migrations were missing and are applied/);
  expect(await migrate(url)).toContain('Postgres: up to date');
});
