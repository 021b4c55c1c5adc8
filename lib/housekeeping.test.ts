import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { idempotencyKeys, rateLimits } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { startHousekeeping } from './housekeeping';

beforeAll(testDatabase);

test('every ten minutes or so what has ended is removed, and what has not stays', async () => {
  const key = { actorKey: 'user:x', fingerprint: 'f' };
  await db()
    .insert(idempotencyKeys)
    .values([
      { ...key, keyHash: 'yesterday', createdAt: sql`now() - interval '25 hours'` },
      { ...key, keyHash: 'today' },
    ]);
  await db()
    .insert(rateLimits)
    .values([
      { key: 'ended', points: 1, expire: Date.now() - 2 * 3_600_000 },
      { key: 'counting', points: 1, expire: Date.now() + 60_000 },
    ]);
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const housekeeping = startHousekeeping();
  const [keepHouse, delay = 0] = timers.mock.lastCall ?? [];
  timers.mockRestore();
  expect(delay).toBeGreaterThanOrEqual(600_000);
  expect(delay).toBeLessThan(660_000);
  keepHouse?.();
  await vi.waitUntil(async () => (await db().select().from(rateLimits)).length === 1);
  expect((await db().select().from(idempotencyKeys)).map(({ keyHash }) => keyHash)).toEqual(['today']);
  expect((await db().select().from(rateLimits)).map((row) => row.key)).toEqual(['counting']);
  await housekeeping.stop();
});
