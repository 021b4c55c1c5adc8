import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { auditChains, auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { hashEvent, type SealedEvent } from './chain-link';
import { claimEvents, releaseEvents } from './claim-events';
import { drainAuditOutbox } from './drain-audit-outbox';
import { foundOrg, record, testClickhouse } from './fixtures/audited-org';
import { verifyChain } from './verify-chain';

beforeAll(testDatabase);
beforeAll(testClickhouse);

test('events are numbered without a gap, each by its org, and the chain of both holds', async () => {
  const [ours, theirs] = [await foundOrg(), await foundOrg()];
  for (let n = 0; n < 5; n++) {
    await record(ours.orgId, ours.actor, 'token.created', `t${n}`);
    await record(theirs.orgId, theirs.actor, 'token.created', `t${n}`);
    if (n === 2) await drainAuditOutbox();
  }
  await drainAuditOutbox();
  for (const { orgId } of [ours, theirs]) {
    expect((await stored(orgId)).map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 5, waiting: 0, unchained: 0, head: { seq: 5 } });
  }
});

test('events that many replicas seal at once make one chain, in the order they were written', async () => {
  const { orgId, actor } = await foundOrg();
  for (let n = 0; n < 30; n++) await record(orgId, actor, 'token.created', String(n));
  const claimed = await Promise.all(Array.from({ length: 6 }, () => claimEvents(5)));
  const events = claimed.flat().sort((a, b) => a.seq - b.seq);
  expect(events.map((event) => event.target_id)).toEqual(Array.from({ length: 30 }, (_, n) => String(n)));
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  await releaseEvents(events);
  await drainAuditOutbox();
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 30 });
});

test('an event that was sealed and waits for ClickHouse is waiting, not missing', async () => {
  const { orgId, actor } = await foundOrg();
  await record(orgId, actor, 'org.renamed');
  await drainAuditOutbox();
  await record(orgId, actor, 'org.deleted');
  const claimed = await claimEvents(10);
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 2, waiting: 1 });
  await releaseEvents(claimed);
  await drainAuditOutbox();
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 2, waiting: 0 });
});

test('events delivered twice are one link', async () => {
  const { orgId } = await chainOf(3);
  await insert(await stored(orgId));
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 3 });
});

test('events from before the chain stay valid', async () => {
  const { orgId } = await chainOf(2);
  const [event] = await stored(orgId);
  await insert([{ ...event, seq: 0, hash: '', prev_hash: '', event_id: 'old', ts: Date.now() - 7 * 86_400_000 }]);
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 2, unchained: 1 });
});

describe('the first break is named', () => {
  test('when an event is gone', async () => {
    const { orgId } = await chainOf(5);
    await tamper(orgId, 'DELETE WHERE seq IN (2, 4)');
    expect(await verifyChain(orgId)).toMatchObject({ intact: false, break: { kind: 'missing', seq: 2, eventId: null } });
  });

  test('when the beginning is gone', async () => {
    const { orgId } = await chainOf(3);
    await tamper(orgId, 'DELETE WHERE seq = 1');
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'missing', seq: 1 } });
  });

  test('when the end is gone', async () => {
    const { orgId } = await chainOf(4);
    await tamper(orgId, 'DELETE WHERE seq > 2');
    expect(await verifyChain(orgId)).toMatchObject({ verified: 2, break: { kind: 'truncated', seq: 3 } });
  });

  test.each(['actor_id', 'action', 'target_id', 'metadata', 'ip', 'user_agent', 'request_id', 'actor_type', 'target_type'])(
    'when the %s of an event is another',
    async (column) => {
      const { orgId } = await chainOf(3);
      const [, second] = await stored(orgId);
      await tamper(orgId, `UPDATE ${column} = 'someone else' WHERE seq = 2`);
      expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'altered', seq: 2, eventId: second?.event_id } });
    },
  );

  test('when an event got a second version', async () => {
    const { orgId } = await chainOf(3);
    const [, second] = await stored(orgId);
    await insert([{ ...second, target_id: 'another' }]);
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'altered', seq: 2 } });
  });

  test('when two events changed places and their hashes were made anew', async () => {
    const { orgId } = await chainOf(4);
    const [, second, third] = await stored(orgId);
    if (!second || !third) throw new Error('too few');
    await tamper(orgId, 'DELETE WHERE seq IN (2, 3)');
    await insert([rehashed({ ...second, seq: 3 }), rehashed({ ...third, seq: 2 })]);
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'reordered', seq: 2 } });
  });

  test('when the whole chain was written anew', async () => {
    const { orgId } = await chainOf(2);
    const [first, second] = await stored(orgId);
    if (!first || !second) throw new Error('too few');
    await tamper(orgId, 'DELETE WHERE 1');
    const forged = rehashed({ ...first, target_id: 'forged' });
    await insert([forged, rehashed({ ...second, prev_hash: forged.hash })]);
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'rewritten', seq: 2 } });
  });

  test('when an event was slipped in behind the end, or outside the chain', async () => {
    const { orgId } = await chainOf(2);
    const [, last] = await stored(orgId);
    if (!last) throw new Error('too few');
    await insert([rehashed({ ...last, event_id: 'forged', seq: 3, prev_hash: last.hash, prev_ts: last.ts })]);
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'foreign', seq: 3, eventId: 'forged' } });
    await tamper(orgId, 'DELETE WHERE seq = 3');
    await insert([{ ...last, event_id: 'outside', seq: 0, hash: '', ts: Date.now() + 7_200_000 }]);
    expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'foreign', seq: null, eventId: 'outside' } });
  });
});

test('events that have reached the end of their year are expired, not missing; a younger one that is gone is', async () => {
  const { orgId, actor } = await foundOrg();
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  for (const days of [400, 380, 370, 10]) {
    await record(orgId, actor, 'org.renamed', `${days}`);
    await db()
      .update(auditOutbox)
      .set({ createdAt: daysAgo(days) })
      .where(eq(auditOutbox.orgId, orgId));
    await drainAuditOutbox();
  }
  await tamper(orgId, 'DELETE WHERE seq <= 3');
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 1, expired: 3 });
  await tamper(orgId, 'DELETE WHERE 1');
  expect(await verifyChain(orgId)).toMatchObject({ break: { kind: 'truncated', seq: 1 } });
  await db()
    .update(auditChains)
    .set({ lastAt: daysAgo(366) })
    .where(eq(auditChains.orgId, orgId));
  expect(await verifyChain(orgId)).toMatchObject({ intact: true, verified: 0, expired: 4 });
});

test('the hash of an event stays what it is: events of earlier builds must go on verifying', () => {
  const event = { actor_id: 'a', actor_type: 'user', action: 'org.renamed', target_type: 'org', target_id: 'o', request_id: 'r' };
  const place = { event_id: 'e', workspace_id: 'w', ts: 1_700_000_000_000, seq: 2, prev_ts: 1_600_000_000_000, prev_hash: 'p' };
  const rest = { ip: '::1', user_agent: 'ü"\\', metadata: '{"a":1}' };
  expect(hashEvent({ ...event, ...rest, ...place })).toMatchInlineSnapshot(
    `"07f0c54be9d78fefa4dd794ad07c0383a1da556f823a2277b884e0e7aa1fbeec"`,
  );
});

async function chainOf(length: number) {
  const org = await foundOrg();
  for (let n = 0; n < length; n++) await record(org.orgId, org.actor, 'token.created', `t${n}`);
  await drainAuditOutbox();
  return org;
}

async function stored(orgId: string): Promise<SealedEvent[]> {
  const query = `SELECT * EXCEPT (ts, prev_ts, seq), toUInt32(seq) AS seq, toFloat64(toUnixTimestamp64Milli(ts)) AS ts,
    toFloat64(toUnixTimestamp64Milli(prev_ts)) AS prev_ts FROM pandastack.audit_log WHERE workspace_id = {org:String} ORDER BY seq`;
  const answer = await (await clickhouse()).query({ query, query_params: { org: orgId }, format: 'JSONEachRow' });
  return answer.json<SealedEvent>();
}

async function insert(values: object[]): Promise<void> {
  await (await clickhouse()).insert({ table: 'pandastack.audit_log', values, format: 'JSONEachRow' });
}

/** What somebody with all rights in ClickHouse does to the events of an org. */
async function tamper(orgId: string, mutation: string): Promise<void> {
  const [what = '', where = ''] = mutation.split(' WHERE ');
  const query = `ALTER TABLE pandastack.audit_log ${what} WHERE workspace_id = '${orgId}' AND ${where} SETTINGS mutations_sync = 2`;
  await (await clickhouse()).command({ query });
}

function rehashed(event: SealedEvent): SealedEvent {
  return { ...event, hash: hashEvent(event) };
}
