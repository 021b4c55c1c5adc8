import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clickhouse, closeClickhouse, openClickhouseAt, pingClickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { auditOutbox, orgMembers, orgs } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { authorizeOrg } from '@/lib/access/org-access';
import type { UserActor } from '@/lib/auth/actor';
import type { AuditAction } from './audit-actions';
import { drainAuditOutbox, startAuditDrainer } from './drain-audit-outbox';
import { auditQuery, listAuditEvents, presentAuditEvent } from './list-audit-events';
import { recordAudit } from './record-audit';

const folder = mkdtempSync(join(tmpdir(), 'pandastack-audit-'));

beforeAll(testDatabase);
beforeAll(() => async () => {
  await closeClickhouse();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => openClickhouseAt({ folder }));
// Several tests leave events behind or ClickHouse away: the next begins with an empty outbox.
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
  await db().transaction(async (tx) => {
    for (let n = 0; n < 501; n++) {
      await recordAudit(tx, { orgId, actor, action: 'token.created', targetType: 'token', targetId: `t${n}` });
    }
  });
  expect(await drainAuditOutbox()).toBe(501);
});

test('while ClickHouse is away events are kept and counted, and afterwards delivered', async () => {
  const { actor, orgId } = await foundOrg();
  await closeClickhouse();
  await record(orgId, actor, 'invite.revoked');
  await expect(drainAuditOutbox()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  expect((await db().select().from(auditOutbox)).map((row) => row.attempts)).toEqual([1]);
  await expect(list(orgId, actor)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await expect(pingClickhouse(200)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await openClickhouseAt({ folder });
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

test('pages follow each other without a gap or a copy, even among events of one moment', async () => {
  const { actor, orgId } = await foundOrg();
  const createdAt = new Date();
  const payload = { actor_id: actor.userId, actor_type: 'user', action: 'org.renamed', metadata: '{}' };
  await db()
    .insert(auditOutbox)
    .values(Array.from({ length: 7 }, () => ({ id: randomUUID(), orgId, payload, createdAt })));
  await drainAuditOutbox();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(orgId, actor, { limit: 3, cursor });
    seen.push(...page.events.map((event) => event.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

test('filters narrow by actor, action, target and time', async () => {
  const { actor, orgId } = await foundOrg();
  await record(orgId, actor, 'token.created', 'a');
  await record(orgId, { ...actor, userId: 'somebody-else' }, 'token.revoked', 'b');
  await drainAuditOutbox();
  const targets = async (filters: object) => (await list(orgId, actor, filters)).events.map((event) => event.targetId);
  expect(await targets({ actor: 'somebody-else' })).toEqual(['b']);
  expect(await targets({ action: 'token.created' })).toEqual(['a']);
  expect(await targets({ target: 'a' })).toEqual(['a']);
  expect(await targets({ from: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await targets({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) })).toEqual(['b', 'a']);
});

test('an org sees its own events only, whatever a filter says', async () => {
  const ours = await foundOrg();
  const theirs = await foundOrg();
  await record(theirs.orgId, theirs.actor, 'org.renamed');
  await drainAuditOutbox();
  for (const text of [
    theirs.actor.userId,
    `' OR 1=1 --`,
    `\\' OR workspace_id != '`,
    '{org:String}',
    '%',
    `x'; DROP TABLE pandastack.audit_log`,
  ]) {
    expect((await list(ours.orgId, ours.actor, { actor: text })).events).toEqual([]);
    expect((await list(ours.orgId, ours.actor, { target: text })).events).toEqual([]);
  }
  expect(await actionsOf(theirs.orgId, theirs.actor)).toEqual(['org.renamed']);
});

test('a cursor that this list has not given is refused', async () => {
  const { actor, orgId } = await foundOrg();
  for (const cursor of [
    '',
    'x',
    Buffer.from(`1 ' OR 1`).toString('base64url'),
    Buffer.from('99999999999999999 a').toString('base64url'),
  ]) {
    await expect(list(orgId, actor, { cursor })).rejects.toMatchObject({ code: 'validation_failed' });
  }
});

test('the query of the route takes ISO times and at most 100 events', () => {
  expect(auditQuery.parse({ from: '2026-01-31T12:00:00+01:00' })).toEqual({ from: new Date('2026-01-31T11:00:00Z'), limit: 50 });
  for (const query of [
    { limit: '101' },
    { limit: '0' },
    { limit: '1e1.5' },
    { from: 'yesterday' },
    { action: 'x' },
    { order: 'ts' },
  ]) {
    expect(auditQuery.safeParse(query).success).toBe(false);
  }
});

async function foundOrg(): Promise<{ actor: UserActor; orgId: string }> {
  const userId = randomUUID();
  const origin = { requestId: 'test', ip: '127.0.0.1', userAgent: 'vitest' };
  const person = { type: 'user', authMethod: 'jwt', sessionId: null, aal: null, accessToken: null } as const;
  const [org] = await db()
    .insert(orgs)
    .values({ slug: `org-${userId}`, name: 'Org', ownerUserId: userId })
    .returning();
  if (!org) throw new Error('no org was made');
  await db().insert(orgMembers).values({ orgId: org.id, userId, email: 'owner@example.com', role: 'owner' });
  return { orgId: org.id, actor: { ...person, userId, email: 'owner@example.com', origin } };
}

async function record(orgId: string, actor: UserActor, action: AuditAction, targetId = 'x'): Promise<void> {
  await db().transaction((tx) => recordAudit(tx, { orgId, actor, action, targetType: 'test', targetId }));
}

async function list(orgId: string, actor: UserActor, query: Parameters<typeof listAuditEvents>[1] = {}) {
  return listAuditEvents(await authorizeOrg(actor, orgId, 'audit:read'), query);
}

async function actionsOf(orgId: string, actor: UserActor): Promise<string[]> {
  return (await list(orgId, actor)).events.map((event) => event.action);
}
