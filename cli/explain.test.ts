import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { closeDatabase, migrateDatabaseAt, openDatabaseAt } from '@/db/postgres';
import { emptyDatabase } from '@/e2e/support/test-database';
import { callAs } from '@/e2e/support/test-people';
import { ordinaryClaims, signHs256, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { drainAuditOutbox } from '@/lib/audit/drain-audit-outbox';
import { openOperatorDoor } from '@/lib/audit/operator-door';
import { startRefusalLog } from '@/lib/audit/refusal-log';
import { flushRequests } from '@/lib/requests/request-log';
import { runCommand } from './fixtures/run-replica';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'pandastack-explain-'));
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
  database = await emptyDatabase();
  await migrateDatabaseAt(database.url);
  await openDatabaseAt(database.url);
  await openClickhouseAt({ folder: join(folder, 'clickhouse') });
});
afterAll(async () => {
  await closeClickhouse();
  await closeDatabase();
  await database.drop();
  await project.close();
  rmSync(folder, { recursive: true, force: true });
});

const explain = (args: string[], { stdin, databaseUrl = database.url }: { stdin?: string; databaseUrl?: string } = {}) =>
  runCommand(
    ['explain', ...args],
    {
      PANDASTACK_AUTH_MODE: 'supabase',
      PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
      PANDASTACK_DATABASE_URL: databaseUrl,
      PANDASTACK_DATA_DIR: folder,
      PANDASTACK_LOG_LEVEL: 'silent',
      SUPABASE_URL: project.url,
      SUPABASE_ANON_KEY: project.anonKey,
      SUPABASE_JWT_SECRET: project.secret,
    },
    stdin,
  );

test('a token from stdin is judged as the API judges it, and is not printed back', async () => {
  const good = signHs256(ordinaryClaims(project.issuer));
  const accepted = await explain(['-'], { stdin: `Bearer ${good}\n` });
  expect([accepted.code, accepted.stderr]).toEqual([0, '']);
  expect(accepted.stdout).toContain('Accepted.');
  expect(accepted.stdout).not.toContain(good.split('.')[2]);

  const anon = await explain([project.anonKey]);
  expect(anon.code).toBe(1);
  expect(anon.stdout).toContain('Refused: 401 anon_key_used.');
  expect(anon.stdout).toContain('session.access_token');
  expect(anon.stderr).toContain('pandastack explain -');
  expect(anon.stdout + anon.stderr).not.toContain(project.anonKey);
});

test('an access token is judged while the database is away', async () => {
  const away = { stdin: signHs256(ordinaryClaims(project.issuer)), databaseUrl: 'postgres://x:hunter2@127.0.0.1:9/x' };
  const { code, stdout, stderr } = await explain(['-'], away);
  expect([code, stdout]).toEqual([0, expect.stringContaining('the database cannot be asked')]);
  expect(stdout + stderr).not.toContain('hunter2');
});

test('what a hostile token says cannot command the terminal', async () => {
  const { stdout } = await explain(['-'], { stdin: signHs256({ iss: '\u001b[2J\u009b2J\u202eevil', aud: 'x' }) });
  expect(stdout).toMatch(/iss +.*evil/);
  for (const obeyed of ['\u001b', '\u009b', '\u202e']) expect(stdout).not.toContain(obeyed);
});

test('a request is told with its refusal beside a running server and without one, and an unknown one is nothing', async () => {
  const endLog = startRefusalLog();
  const id = `trace-${randomUUID()}`;
  await callAs(project.anonKey)('GET', '/v1/orgs', undefined, { 'x-request-id': id });
  await endLog();
  const closeDoor = await openOperatorDoor(folder);
  const beside = await explain([id]);
  expect([beside.code, beside.stderr]).toEqual([1, '']);
  for (const words of ['GET /v1/orgs → 401', 'anon_key_used: ', 'audit: auth.refused route /v1/orgs']) {
    expect(beside.stdout).toContain(words);
  }
  const unknown = await explain([randomUUID()]);
  expect([unknown.code, unknown.stdout]).toEqual([2, expect.stringContaining('Nothing is known')]);

  closeDoor();
  await drainAuditOutbox();
  await flushRequests();
  await closeClickhouse();
  const alone = await explain([id, '--json']);
  expect([alone.code, JSON.parse(alone.stdout)]).toMatchObject([
    1,
    { answers: [{ method: 'GET', route: '/v1/orgs', status: 401 }], events: [{ action: 'auth.refused', code: 'anon_key_used' }] },
  ]);
});
