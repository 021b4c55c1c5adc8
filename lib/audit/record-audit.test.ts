import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clickhouse, closeClickhouse, openClickhouseAt, pingClickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox, startAuditDrainer } from './drain-audit-outbox';
import { actionsOf, chdbFolder, foundOrg, list, record, testClickhouse } from './fixtures/audited-org';
import { presentAuditEvent } from './list-audit-events';
import { recordAudit } from './record-audit';

beforeAll(testDatabase);
beforeAll(testClickhouse);
// Some tests leave ClickHouse away.
beforeEach(() => openClickhouseAt({ folder: chdbFolder }));
afterEach(async () => {
  await db().delete(auditOutbox);
});

test('an event is written with its change and disappears with its change', async () => {
  const { actor, orgId } = await foundOrg();
  await db()
    .transaction(async (tx) => {
      await recordAudit(tx, { orgId, actor, action: 'org.renamed', targetType: 'org', targetId: orgId });
      throw new Error('the change fails');
    })
    .catch(() => {});
  expect(await drainAuditOutbox()).toBe(0);
  await record(orgId, actor, 'org.renamed');
  expect(await drainAuditOutbox()).toBe(1);
  expect(await actionsOf(orgId, actor)).toEqual(['org.renamed']);
});

test('an event tells who, from where, what and when, by the clock of the database', async () => {
  const { actor, orgId } = await foundOrg();
  const before = Date.now() - 1_000;
  await db().transaction((tx) =>
    recordAudit(tx, {
      orgId,
      actor: {
        ...actor,
        origin: { requestId: 'r1', ip: '2001:db8::1', userAgent: `tab\t'quote" \0 \\ {x:String} ${'ü'.repeat(600)}` },
      },
      action: 'invite.created',
      targetType: 'invite',
      targetId: 'i1',
      metadata: { email: 'new@example.com', note: 'line\nbreak \ud800' },
    }),
  );
  await drainAuditOutbox();
  const [event] = (await list(orgId, actor)).events;
  expect(event).toMatchObject({
    actorId: actor.userId,
    actorType: 'user',
    actorEmail: actor.email,
    action: 'invite.created',
    targetType: 'invite',
    targetId: 'i1',
    requestId: 'r1',
    ip: '2001:db8::1',
    metadata: { email: 'new@example.com', note: 'line\nbreak \ud800' },
  });
  expect(event?.userAgent).toHaveLength(512);
  expect(event?.userAgent).toContain(`tab\t'quote"  \\ {x:String} ü`);
  expect(event?.at.getTime()).toBeGreaterThan(before);
  expect(event?.at.getTime()).toBeLessThan(Date.now() + 1_000);
  expect(event && presentAuditEvent(event)).toMatchObject({ actor_id: actor.userId, target_id: 'i1', ts: event?.at });
});

test('an event delivered twice, because the drainer died before it deleted it, is one event', async () => {
  const { actor, orgId } = await foundOrg();
  await record(orgId, actor, 'member.joined');
  await record(orgId, actor, 'member.left');
  const rows = await db().select().from(auditOutbox);
  expect(await drainAuditOutbox()).toBe(2);
  await db().insert(auditOutbox).values(rows);
  expect(await drainAuditOutbox()).toBe(2);
  expect(await actionsOf(orgId, actor)).toEqual(['member.left', 'member.joined']);
  const client = await clickhouse();
  await client.command({ query: 'OPTIMIZE TABLE pandastack.audit_log FINAL' });
  const kept = await client.query({
    query: 'SELECT toUInt32(count()) AS n FROM pandastack.audit_log WHERE workspace_id = {org:String}',
    query_params: { org: orgId },
    format: 'JSONEachRow',
  });
  expect(await kept.json()).toEqual([{ n: 2 }]);
});

test('two drainers at once deliver every event once', async () => {
  const { actor, orgId } = await foundOrg();
  for (let n = 0; n < 20; n++) await record(orgId, actor, 'token.created', `t${n}`);
  const first = drainAuditOutbox();
  // A second process has no part in the queue of the first.
  globalThis.__pandastackAuditPass = undefined;
  const shipped = await Promise.all([first, drainAuditOutbox()]);
  expect(shipped.reduce((sum, n) => sum + n)).toBe(20);
  expect((await list(orgId, actor)).events).toHaveLength(20);
});

test('more events than one batch holds leave in one pass', async () => {
  const { actor, orgId } = await foundOrg();
  await record(orgId, actor, 'token.created');
  const [row] = await db().select().from(auditOutbox);
  if (!row) throw new Error('no event was written');
  await db()
    .insert(auditOutbox)
    .values(Array.from({ length: 1_000 }, () => ({ ...row, id: randomUUID() })));
  expect(await drainAuditOutbox()).toBe(1_001);
});

test('while ClickHouse is away events are kept and counted, and afterwards delivered', async () => {
  const { actor, orgId } = await foundOrg();
  await closeClickhouse();
  await record(orgId, actor, 'invite.revoked');
  await expect(drainAuditOutbox()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  expect((await db().select().from(auditOutbox)).map((row) => row.attempts)).toEqual([1]);
  await expect(list(orgId, actor)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await expect(pingClickhouse(200)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await openClickhouseAt({ folder: chdbFolder });
  await pingClickhouse(2_000);
  expect(await drainAuditOutbox()).toBe(1);
  expect(await actionsOf(orgId, actor)).toEqual(['invite.revoked']);
});

test('a ClickHouse server that is away does not stop the start, and nothing leaves the outbox', async () => {
  const { actor, orgId } = await foundOrg();
  await closeClickhouse();
  await openClickhouseAt({ url: 'http://127.0.0.1:9' });
  await record(orgId, actor, 'invite.revoked');
  await expect(drainAuditOutbox()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  expect(await db().select().from(auditOutbox)).toHaveLength(1);
  await closeClickhouse();
});

test('the background drainer ships a fresh event by itself, and the last ones when it is stopped', async () => {
  const { actor, orgId } = await foundOrg();
  const drainer = startAuditDrainer();
  await record(orgId, actor, 'org.renamed');
  await vi.waitUntil(async () => (await actionsOf(orgId, actor)).length === 1, { timeout: 5_000 });
  await record(orgId, actor, 'org.deleted');
  await drainer.stop();
  expect(await actionsOf(orgId, actor)).toEqual(['org.deleted', 'org.renamed']);
});
