import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox } from './drain-audit-outbox';
import { actionsOf, foundOrg, list, record, testClickhouse } from './fixtures/audited-org';
import { auditQuery } from './list-audit-events';

beforeAll(testDatabase);
beforeAll(testClickhouse);

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
