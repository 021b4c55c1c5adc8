import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);

const environment = (databaseUrl: string) => ({
  NODE_ENV: 'test' as const,
  PATH: process.env.PATH,
  PANDASTACK_AUTH_MODE: 'supabase',
  PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
  PANDASTACK_DATABASE_URL: databaseUrl,
  PANDASTACK_LOG_LEVEL: 'silent',
  SUPABASE_URL: 'http://127.0.0.1:9',
  SUPABASE_ANON_KEY: 'sb_publishable_test',
});
const command = (databaseUrl: string, ...args: string[]) =>
  run(process.execPath, ['--import', 'tsx', join(root, 'cli/main.ts'), ...args], { cwd: root, env: environment(databaseUrl) });

test('an unknown command is refused with a hint, and a configuration that is wrong with exit code 78', {
  timeout: 120_000,
}, async () => {
  const url = 'postgres://127.0.0.1:9/none';
  await expect(command(url, 'keys', 'destroy')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('unknown command'),
  });
  await expect(command('not-a-url', 'keys', 'drop')).rejects.toMatchObject({
    code: 78,
    stderr: expect.stringContaining('PANDASTACK_DATABASE_URL'),
  });
  await expect(command(url, 'keys', 'drop')).rejects.toMatchObject({ code: 1 });
});
