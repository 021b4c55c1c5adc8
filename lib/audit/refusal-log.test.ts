import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { ordinaryClaims, signHs256, startTestProject, type TestProject } from '@/e2e/support/test-project';
import type { Refusal } from '@/lib/auth/refusal-listener';
import { hearRefusals } from '@/lib/auth/refusal-listener';
import { NO_ORG } from './no-org';
import { RefusalLog } from './refusal-log';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  return () => project.close();
});
afterEach(async () => {
  vi.useRealTimers();
  await db().delete(auditOutbox);
});

test('J74 S14 a refused token leaves an event with its reason, in the stream of no org, without the token or a name', async () => {
  const log = listening();
  const foreign = signHs256(ordinaryClaims('https://staging.supabase.co/auth/v1', { email: 'eve@example.com' }));
  expect((await callAs(foreign)('GET', '/v1/me')).body).toMatchObject({ code: 'issuer_mismatch' });
  expect((await callAs('pds_local_dev_token')('GET', '/v1/orgs/acme/members')).body).toMatchObject({
    code: 'local_token_refused',
  });
  await log.tick();
  const rows = await db().select().from(auditOutbox).orderBy(auditOutbox.id);
  expect(rows.map(({ orgId, payload }) => [orgId, payload.action, payload.target_id, payload.metadata])).toEqual([
    [NO_ORG, 'auth.refused', '/v1/me', '{"code":"issuer_mismatch"}'],
    [NO_ORG, 'auth.refused', '/v1/orgs/{org}/members', '{"code":"local_token_refused"}'],
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/eve@|eyJ|pds_|acme/);
});

test('a member who may not do something leaves an event in their org, an outsider none there', async () => {
  const owner = await newOwner(project);
  const member = newPerson(project);
  await join(owner, member);
  await db().delete(auditOutbox);
  const log = listening();
  expect((await member.call('GET', `/v1/orgs/${owner.org.slug}/audit-log`)).status).toBe(403);
  expect((await newPerson(project).call('GET', `/v1/orgs/${owner.org.slug}/audit-log`)).status).toBe(404);
  await log.tick();
  const rows = await db().select().from(auditOutbox);
  expect(rows).toMatchObject([
    {
      orgId: owner.org.id,
      payload: {
        action: 'access.denied',
        actor_id: member.userId,
        actor_type: 'user',
        target_id: '/v1/orgs/{org}/audit-log',
        metadata: '{"code":"forbidden"}',
      },
    },
  ]);
});

test('a request without any credential is no event', async () => {
  const log = listening();
  expect((await callAs(null)('GET', '/v1/me')).status).toBe(401);
  await log.tick();
  expect(await db().select().from(auditOutbox)).toEqual([]);
});

test('of one org, address and code five a minute are events, and one says how many were left out', async () => {
  const log = new RefusalLog();
  for (let n = 0; n < 200; n++) log.take(refusal({ ip: `2001:db8::${n}` }));
  log.take(refusal({ ip: '192.0.2.1' }));
  log.endMinute();
  for (let n = 0; n < 2; n++) log.take(refusal({ ip: '2001:db8::1' }));
  await log.tick();
  const metadata = (await db().select().from(auditOutbox)).map(({ payload }) => JSON.parse(String(payload.metadata)));
  expect(metadata).toHaveLength(5 + 1 + 1 + 2);
  expect(metadata.filter((entry) => entry.left_out)).toEqual([{ code: 'invalid_signature', left_out: 195 }]);
});

test('an attack from everywhere is counted by its code, and fills neither memory nor the log', async () => {
  const log = new RefusalLog();
  for (let n = 0; n < 20_000; n++) log.take(refusal({ ip: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` }));
  log.endMinute();
  await log.tick();
  const rows = await db().select().from(auditOutbox);
  expect(rows).toHaveLength(501);
  const summary = rows.find(({ payload }) => String(payload.metadata).includes('left_out'));
  expect(summary?.payload).toMatchObject({ ip: '', metadata: '{"code":"invalid_signature","left_out":19500}' });
});

function listening(): RefusalLog {
  const log = new RefusalLog();
  hearRefusals((told) => log.take(told));
  return log;
}

function refusal({ ip }: { ip: string }): Refusal {
  const origin = { ip, requestId: randomUUID(), userAgent: 'x' };
  return { code: 'invalid_signature', kind: 'credential', route: '/v1/me', origin, actorId: '', orgId: '' };
}
