import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { run, stopAll } from '@/db/fixtures/embedded-runner';
import { migrateDatabaseAt, withConnection } from '@/db/postgres';
import { type KeyServer, newSigningKey, type SigningKey, startKeyServer } from '@/e2e/support/key-server';
import { emptyDatabase } from '@/e2e/support/test-database';
import { ordinaryClaims, signAsymmetric } from '@/e2e/support/test-project';
import { type Replica, runCommand, runReplica } from './fixtures/run-replica';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const PROJECT = 'http://127.0.0.1:9';
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let server: KeyServer;
let k1: SigningKey;
let k2: SigningKey;
let replicas: Replica[] = [];
const folder = mkdtempSync(join(tmpdir(), 'pandastack-cli-'));

beforeAll(async () => {
  database = await emptyDatabase();
  await migrateDatabaseAt(database.url);
  server = await startKeyServer();
  [k1, k2] = await Promise.all([newSigningKey('ES256', 'k1'), newSigningKey('ES256', 'k2')]);
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({
  PANDASTACK_AUTH_MODE: 'supabase',
  PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
  PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9',
  PANDASTACK_DATABASE_URL: database.url,
  SUPABASE_URL: PROJECT,
  SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
  SUPABASE_JWKS_URL: server.url,
});
const tokenOf = (key: SigningKey) => signAsymmetric(ordinaryClaims(`${PROJECT}/auth/v1`), key, key.jwk.kid);
const judgeAll = (token: string) => Promise.all(replicas.map((replica) => replica.judge(token)));
const listeners = sql`from pg_stat_activity where query ilike 'listen%' and datname = current_database()`;

test('J62 a revoked key dies on every replica when the keys are dropped, also after a replica lost its connection', async () => {
  server.publish([k1.jwk, k2.jwk]);
  replicas = await Promise.all([runReplica(settings()), runReplica(settings())]);
  const [first, second] = await Promise.all([tokenOf(k1), tokenOf(k2)]);
  expect(await judgeAll(first)).toEqual(['accepted', 'accepted']);
  server.publish([k2.jwk]);
  expect(await judgeAll(first)).toEqual(['accepted', 'accepted']);

  const { code, stdout } = await runCommand(['keys', 'drop'], settings());
  expect([code, stdout]).toEqual([0, expect.stringContaining('Every replica')]);
  await vi.waitFor(async () => expect(await judgeAll(first)).toEqual(['invalid_signature', 'invalid_signature']), 20_000);
  expect(await judgeAll(second)).toEqual(['accepted', 'accepted']);

  server.publish([k1.jwk]);
  await withConnection(database.url, async (connection) => {
    const ended = await connection.execute(sql`select pg_terminate_backend(pid) ${listeners}`);
    expect(ended).toHaveLength(2);
  });
  expect((await runCommand(['keys', 'drop'], settings())).code).toBe(0);
  await vi.waitFor(async () => expect(await judgeAll(second)).toEqual(['invalid_signature', 'invalid_signature']), 20_000);
});

test('keys drop works on the built-in database while a server runs on it, and leaves it running', async () => {
  const { PANDASTACK_DATABASE_URL: _, ...rest } = settings();
  const { url } = await run(folder);
  const { code, stderr } = await runCommand(['keys', 'drop'], { ...rest, PANDASTACK_DATA_DIR: folder });
  expect([code, stderr]).toEqual([0, '']);
  const rows = await withConnection(url, (connection) => connection.execute(sql`select count from key_drops`));
  expect([...rows]).toEqual([{ count: '1' }]);
});

test('every level has help that names its commands', async () => {
  const [all, keys] = await Promise.all([runCommand(['--help'], {}), runCommand(['keys', '--help'], {})]);
  expect([all.code, all.stdout]).toEqual([0, expect.stringContaining('keys')]);
  expect([keys.code, keys.stdout]).toEqual([0, expect.stringContaining('drop')]);
});

test('an argument too many is refused before anything is dropped', async () => {
  const { code, stderr } = await runCommand(['keys', 'drop', 'now'], settings());
  expect([code, stderr]).toEqual([1, expect.stringContaining('too many arguments')]);
});

test('a database that is away ends with 1, and its password is not told', async () => {
  const away = { ...settings(), PANDASTACK_DATABASE_URL: 'postgres://ada:hunter2hunter2@127.0.0.1:9/none' };
  const { code, stdout, stderr } = await runCommand(['keys', 'drop'], away);
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('database cannot be reached')]);
  expect(stderr).not.toContain('hunter2');
});
