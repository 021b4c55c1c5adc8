import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import { emptyDatabase } from '@/e2e/support/test-database';
import { reconnectAfter } from './connect';
import { closeDatabase, db, migrateDatabaseAt, openDatabase, openDatabaseAt, pingDatabase, withConnection } from './postgres';
import { orgs, sandboxes } from './schema';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await closeDatabase();
  for (const cleanup of cleanups.splice(0)) await cleanup();
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, '__pandastackConfig');
});

test('before it is opened the database is unavailable, and its ping says so', async () => {
  expect(() => db()).toThrow(expect.objectContaining({ code: 'dependency_unavailable' }));
  await expect(pingDatabase(100)).rejects.toMatchObject({ code: 'dependency_unavailable' });
});

test('openings at the same time are one opening: migrated, with one pool', async () => {
  configure(await fresh());
  await Promise.all([openDatabase(), openDatabase(), openDatabase()]);
  const database = db();
  await openDatabase();
  expect(db()).toBe(database);
  expect(await db().select().from(orgs)).toEqual([]);
  await pingDatabase(2_000);
});

test('after an opening that failed the next one tries again', async () => {
  configure('postgres://panda@127.0.0.1:9/nowhere');
  await expect(openDatabase()).rejects.toThrow();
  configure(await fresh());
  await openDatabase();
  await pingDatabase(2_000);
});

test('a statement that runs too long is cancelled by the server', async () => {
  await openDatabaseAt(await fresh());
  expect([...(await db().execute(sql`show statement_timeout`))]).toEqual([{ statement_timeout: '10s' }]);
  expect([...(await db().execute(sql`show application_name`))]).toEqual([{ application_name: 'pandastack' }]);
});

test.each(['pgbouncer=true', 'pooler=transaction'])(
  'behind a transaction pooler (?%s) no start-up setting is sent',
  async (mark) => {
    const url = `${await fresh()}&${mark}`;
    const settings = await withConnection(url, (database) => database.execute(sql`show statement_timeout`));
    expect([...settings]).toEqual([{ statement_timeout: '0' }]);
    expect(await migrateDatabaseAt(url)).toBeGreaterThan(0);
  },
);

test('numbers and times arrive as numbers and dates', async () => {
  const url = await fresh();
  await migrateDatabaseAt(url);
  await openDatabaseAt(url);
  const [org] = await db().insert(orgs).values({ slug: 's', name: 'n', ownerUserId: 'u' }).returning();
  expect(Math.abs(Date.now() - (org?.createdAt.getTime() ?? 0))).toBeLessThan(10_000);
  const [sandbox] = await db()
    .insert(sandboxes)
    .values({ id: 's', createdAt: 1_800_000_000, memoryMb: 2 ** 40 })
    .returning();
  expect(sandbox).toMatchObject({ createdAt: 1_800_000_000, memoryMb: 2 ** 40, persistent: 0 });
});

test('a URL that cannot be read is refused without being shown', async () => {
  const secret = 'pa#ss/wo:rd';
  const error = await openDatabaseAt(`postgres://panda:${secret}@[host/db`).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(inspect(error)).not.toContain(secret);
});

async function fresh(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  cleanups.push(drop);
  return url;
}

function configure(url: string): void {
  Reflect.deleteProperty(globalThis, '__pandastackConfig');
  vi.stubEnv('PANDASTACK_AUTH_MODE', 'stub');
  vi.stubEnv('PANDASTACK_DATABASE_URL', url);
}

test('D28 connections that were lost together come back one by one, within a second each', () => {
  const pauses = Array.from({ length: 1_000 }, (_, n) => reconnectAfter(n % 20));
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1);
  for (const attempt of [1, 4, 20]) {
    const drawn = Array.from({ length: 1_000 }, () => reconnectAfter(attempt));
    expect(Math.max(...drawn) / Math.min(...drawn)).toBeGreaterThan(1.5);
  }
});
