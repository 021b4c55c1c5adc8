import { expect, test, vi } from 'vitest';
import { runCommand } from './fixtures/run-replica';

vi.setConfig({ testTimeout: 120_000 });

const away = {
  PANDASTACK_AUTH_MODE: 'supabase',
  PANDASTACK_DASHBOARD_URL: 'http://dashboard.test',
  PANDASTACK_DATABASE_URL: 'postgres://pandastack:hunter2hunter2@127.0.0.1:9/x',
  PANDASTACK_DATA_DIR: '/nowhere/pandastack',
  SUPABASE_URL: 'http://127.0.0.1:9',
  SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
};

test('B24 the doctor goes on past what is broken, ends with 1, and prints no password', async () => {
  const { code, stdout, stderr } = await runCommand(['doctor', '--json'], away);
  expect(code).toBe(1);
  const { usable, findings } = JSON.parse(stdout);
  expect(usable).toBe(true);
  expect(findings.filter(({ status }: { status: string }) => status === 'fail').map(({ id }: { id: string }) => id)).toEqual([
    'auth.reachable',
    'database',
  ]);
  expect(stdout + stderr).not.toContain('hunter2hunter2');
});

test('a configuration the service would refuse ends with 78 and is told as findings', async () => {
  const { code, stdout } = await runCommand(['doctor'], { ...away, PANDASTACK_DASHBOARD_URL: '' });
  expect(code).toBe(78);
  expect(stdout).toContain('config.PANDASTACK_DASHBOARD_URL');
});
