import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeDatabase, db } from '@/db/postgres';
import { rateLimits } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { LIMITS, limitRate } from './limit-rate';
import { pruneLimits } from './prune-limits';

beforeAll(testDatabase);
afterEach(() => {
  vi.useRealTimers();
});

const PER_USER = LIMITS['orgs:create'].perUser;
const someone = () => ({ userId: randomUUID(), origin: { ip: '' } });

/** As a replica that has counted nothing yet: only the table knows. */
function anotherReplica(): void {
  Reflect.deleteProperty(globalThis, '__pandastackLimiters');
}

async function passed(attempts: Promise<void>[]): Promise<number> {
  return (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled').length;
}

test('X14 of 200 attempts at once over two replicas exactly the limit pass', async () => {
  const caller = someone();
  const first = Array.from({ length: 100 }, () => limitRate('orgs:create', caller));
  anotherReplica();
  const second = Array.from({ length: 100 }, () => limitRate('orgs:create', caller));
  expect(await passed([...first, ...second])).toBe(PER_USER);
});

test('N25 the refusal says how long to wait, and ends with its window', async () => {
  const caller = someone();
  await passed(Array.from({ length: PER_USER }, () => limitRate('orgs:create', caller)));
  const refusal = await limitRate('orgs:create', caller).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(refusal.retryAfterSeconds).toBeGreaterThan(3_500);
  expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(3_600);
  vi.setSystemTime(Date.now() + 3_601_000);
  anotherReplica();
  await limitRate('orgs:create', caller);
});

test('N25 one person who is over the limit stops nobody else, and no other action', async () => {
  const caller = someone();
  await passed(Array.from({ length: PER_USER + 1 }, () => limitRate('orgs:create', caller)));
  await limitRate('tokens:create', caller);
  await limitRate('orgs:create', someone());
});

test('N25 an address is counted over all its people, an IPv6 client over its whole /64', async () => {
  const from = (ip: string) => limitRate('invites:guess', { userId: randomUUID(), origin: { ip } });
  const { perAddress } = LIMITS['invites:guess'];
  expect(await passed(Array.from({ length: perAddress + 5 }, (_, n) => from(`2001:db8:7:7::${n.toString(16)}`)))).toBe(
    perAddress,
  );
  await expect(from('2001:db8:7:7:ffff::1')).rejects.toMatchObject({ code: 'rate_limited' });
  await from('2001:db8:7:8::1');
  await from('203.0.113.20');
});

test('whoever is over the limit is refused without asking Postgres', async () => {
  const caller = someone();
  await passed(Array.from({ length: PER_USER }, () => limitRate('orgs:create', caller)));
  const before = await db().select().from(rateLimits);
  await expect(limitRate('orgs:create', caller)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await db().select().from(rateLimits)).toEqual(before);
});

test('a count is forgotten an hour after its window, and not before', async () => {
  const [old, recent] = [someone(), someone()];
  for (const caller of [old, recent]) await limitRate('orgs:create', caller);
  const endAgo = (caller: { userId: string }, minutes: number) =>
    db()
      .update(rateLimits)
      .set({ expire: sql`(extract(epoch from now() - make_interval(mins => ${minutes})) * 1000)::bigint` })
      .where(eq(rateLimits.key, `orgs:create:user:${caller.userId}`));
  await endAgo(old, 61);
  await endAgo(recent, 59);
  expect(await pruneLimits()).toBe(1);
  const left = await db()
    .select()
    .from(rateLimits)
    .where(eq(rateLimits.key, `orgs:create:user:${recent.userId}`));
  expect(left).toHaveLength(1);
});

test('without Postgres nothing passes uncounted', async () => {
  await closeDatabase();
  await expect(limitRate('orgs:create', someone())).rejects.toMatchObject({ code: 'dependency_unavailable' });
});
