import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run, stopAll } from '@/db/fixtures/embedded-runner';
import { query } from '@/db/fixtures/whole-database';
import { runCommand } from './fixtures/run-replica';

// Twenty commands, each a process that loads the product: long on a busy machine.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

const ADA = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const folder = mkdtempSync(join(tmpdir(), 'pandastack-operator-'));
let url: string;
/** A server that is running on the built-in database: every command below works beside it. */
beforeAll(async () => {
  url = (await run(join(folder, 'data'))).url;
});
afterAll(async () => {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

const command = (...args: string[]) => commandOn('data', ...args);
const commandOn = (data: string, ...args: string[]) =>
  runCommand(args, {
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
    PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9',
    PANDASTACK_DATA_DIR: join(folder, data),
    PANDASTACK_LOG_LEVEL: 'silent',
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
  });

test('beside a running server an operator makes the first owner, declares an org, and backs everything up into another server', async () => {
  const code = await command('setup-code');
  expect([code.code, code.stdout]).toEqual([
    0,
    expect.stringMatching(/^(\w{4}-){3}\w{4}\nSign in, open http:\/\/localhost:3000\/setup/),
  ]);

  const owner = ['provision-owner', '--user-id', ADA, '--email', 'ada@example.com', '--org', 'acme'];
  expect(await command(...owner)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Founded "acme"; ada@example.com owns it.'),
  });
  expect(await command(...owner)).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was changed') });
  expect(await command('setup-code')).toMatchObject({ code: 1, stderr: expect.stringContaining('closed') });
  const wrong = await command('provision-owner', '--user-id', ADA, '--email', 'ada');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('--email is not an e-mail address')]);

  const exported = await command('export');
  expect([exported.code, exported.stdout]).toEqual([0, expect.stringContaining('slug: acme')]);
  const file = join(folder, 'orgs.yaml');
  writeFileSync(file, exported.stdout);
  expect(await command('apply', file, '--plan')).toMatchObject({
    code: 0,
    stdout: 'Nothing to do: everything is as declared.\n',
  });
  writeFileSync(file, `${exported.stdout}      - email: grace@example.com\n        role: admin\n`);
  expect(await command('apply', file, '--plan')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('+ invite grace@example.com as admin'),
  });
  expect(await command('apply', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') });
  expect(await query(url, 'select 1 from org_invites')).toEqual([]);
  const applied = await command('apply', file, '--yes');
  expect([applied.code, applied.stdout]).toEqual([
    0,
    expect.stringMatching(/grace@example.com \(admin\).*http:\/\/localhost:3000\/invite\/[\w-]{40,}/),
  ]);
  expect(await command('apply', file, '--yes')).toMatchObject({ stdout: 'Nothing to do: everything is as declared.\n' });
  writeFileSync(file, 'version: 1\norgs:\n  - slug: A\n');
  expect(await command('apply', file)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('orgs.yaml:3:5 orgs[0].name: must be text'),
  });

  const backup = join(folder, 'all.gz');
  expect(await command('backup', backup)).toMatchObject({ code: 0, stdout: expect.stringContaining('tables') });
  const restored = await commandOn('other', 'restore', backup);
  expect([restored.code, restored.stderr, restored.stdout]).toEqual([
    0,
    '',
    expect.stringContaining('ada@example.com as owner of acme'),
  ]);
  expect((await commandOn('other', 'export')).stdout).toBe((await command('export')).stdout);
  expect(await commandOn('other', 'restore', backup)).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') });
  expect(await commandOn('other', 'restore', backup, '--replace')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--yes'),
  });
  expect(await commandOn('other', 'restore', backup, '--replace', '--yes')).toMatchObject({ code: 0 });
  expect((await commandOn('other', 'restore', '--acknowledge')).stdout).toContain('tells of this restore no more');
  expect((await commandOn('other', 'restore', '--acknowledge')).stdout).toContain('nothing to acknowledge');
  expect(await commandOn('other', 'restore')).toMatchObject({ code: 1, stderr: expect.stringContaining('Which file?') });
});
