import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { withConnection } from '@/db/postgres';
import { lockFromBrowserRoles } from '@/e2e/support/browser-roles';
import { startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { migratedDatabase } from '@/e2e/support/test-database';
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

test('B24 warnings alone end with 0, with --strict they end with 2, and a sound installation with 0 all the same', async () => {
  const [auth, database] = [await startScriptedAuthServer(), await migratedDatabase()];
  onTestFinished(async () => {
    await auth.close();
    await database.drop();
  });
  auth.answer(({ path }) => (path.startsWith('/rest/') ? { status: 404 } : { status: 200, body: { keys: [{ alg: 'ES256' }] } }));
  await withConnection(database.url, (open) =>
    open.execute(
      sql.raw(`with o as (insert into orgs (slug, name, owner_user_id) values ('default', 'Default', 'ada') returning id)
        insert into org_members (org_id, user_id, role) select id, 'ada', 'owner' from o`),
    ),
  );
  await lockFromBrowserRoles(database.url);
  const sound = { ...away, PANDASTACK_DATABASE_URL: database.url, SUPABASE_URL: auth.url };
  const slip = { ...sound, PANDASTACK_SIGNUPS: 'open' };
  const { findings } = JSON.parse((await runCommand(['doctor', '--json'], slip)).stdout);
  const wrong = findings.filter(({ status }: { status: string }) => status !== 'ok' && status !== 'skipped');
  expect(wrong.map(({ id }: { id: string }) => id)).toEqual(['config.unknown.PANDASTACK_SIGNUPS']);
  expect((await runCommand(['doctor'], slip)).code).toBe(0);
  expect((await runCommand(['doctor', '--strict'], slip)).code).toBe(2);
  expect((await runCommand(['doctor', '--strict'], sound)).code).toBe(0);
});
