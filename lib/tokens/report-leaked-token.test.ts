import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeDatabase, db } from '@/db/postgres';
import { apiTokens, auditOutbox } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { type Answer, callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { hashSecret } from '@/lib/auth/api-token';
import { FAILURES_A_MINUTE } from '@/lib/auth/limit-failures';
import { REMOTE_ADDRESS_HEADER } from '@/lib/auth/request-origin';
import { logger } from '@/lib/log';
import { newTokenSecret } from './token-secret';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});

const mint = async (input = {}): Promise<{ id: string; token: string; prefix: string }> =>
  (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...input })).body;
const rotate = async (id: string, input?: unknown) =>
  (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens/${id}/rotate`, input)).body;
const report = (token: unknown, ip = '203.0.113.50') =>
  callAs(null)('POST', '/v1/tokens/leaked', { token }, { [REMOTE_ADDRESS_HEADER]: ip, 'user-agent': 'finder/1' });
const codeOf = async (token: string) => (await callAs(token)('GET', '/v1/me')).body.code;
const shape = ({ status, body, headers }: Answer) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => name !== 'x-request-id'),
});
const leaks = async () =>
  (await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, owner.org.id)))
    .map(({ payload }) => payload as Record<string, string>)
    .filter(({ action }) => action === 'token.leaked');

describe('reporting a leaked token', () => {
  test('ends it at once, without any credential, and its org reads who reported it from where', async () => {
    const { id, token, prefix } = await mint();
    expect((await report(token)).status).toBe(204);
    expect(await codeOf(token)).toBe('invalid_api_token');
    const [event] = await leaks();
    expect(event).toMatchObject({ actor_id: `token:${id}`, target_id: id, ip: '203.0.113.50', user_agent: 'finder/1' });
    expect(JSON.parse(event?.metadata ?? '')).toMatchObject({ label: 'ci', prefix, previous: false, actor_email: '' });
    expect(JSON.stringify(event)).not.toContain(token);
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items).toEqual([]);
  });

  test('is answered alike for a live, a dead and an unknown one', async () => {
    const { token } = await mint();
    const live = shape(await report(token));
    expect(live).toMatchObject({ status: 204, body: '' });
    expect(shape(await report(token))).toEqual(live);
    expect(shape(await report(newTokenSecret().secret))).toEqual(live);
    expect(shape(await report(`pds_${'0'.repeat(36)}`))).toEqual(live);
  });

  test('twenty times at once is written down once', async () => {
    const { token } = await mint();
    const answers = await Promise.all(Array.from({ length: 20 }, () => report(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(204));
    expect(await leaks()).toHaveLength(1);
  });

  test('of a rotated token ends the old secret alone when the old one is what leaked', async () => {
    const old = await mint();
    const fresh = await rotate(old.id);
    const answers = await Promise.all(Array.from({ length: 5 }, () => report(old.token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(204));
    expect(await codeOf(old.token)).toBe('api_token_expired');
    expect((await callAs(fresh.token)('GET', '/v1/me')).status).toBe(200);
    const events = await leaks();
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]?.metadata ?? '')).toMatchObject({ prefix: old.prefix, previous: true });
  });

  test('of a rotated token ends both secrets when the new one leaked', async () => {
    const old = await mint();
    const fresh = await rotate(old.id);
    expect((await report(fresh.token)).status).toBe(204);
    expect([await codeOf(old.token), await codeOf(fresh.token)]).toEqual(['invalid_api_token', 'invalid_api_token']);
  });

  test.each([
    ['revoked', async ({ id }: { id: string }) => void (await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${id}`))],
    ['expired', ({ id }: { id: string }) => change(id, { expiresAt: sql`now()` })],
    ['of no org', ({ id }: { id: string }) => change(id, { orgId: null })],
    ['the old secret after its overlap', async ({ id }: { id: string }) => void (await rotate(id, { overlap_seconds: 0 }))],
  ])('that is dead already (%s) changes nothing', async (_title, kill) => {
    const token = await mint();
    await kill(token);
    const before = await tableChecksum();
    expect((await report(token.token)).status).toBe(204);
    expect(await tableChecksum()).toBe(before);
  });

  const broken: [string, (token: string) => unknown][] = [
    ['no token', () => ({})],
    ['its shown part alone', (token) => ({ token: token.slice(0, 12) })],
    ['its digest', (token) => ({ token: hashSecret(token) })],
    ['a list', (token) => ({ token: [token] })],
    ['a number', () => ({ token: 1 })],
    ['a pattern', (token) => ({ token: `${token.slice(0, 20)}%` })],
    ['the token with a space', (token) => ({ token: ` ${token}` })],
    ['an access token', () => ({ token: owner.token })],
    ['another field beside it', (token) => ({ token, org_id: owner.org.id })],
    ['the local development token', () => ({ token: 'pds_local_dev_token' })],
  ];
  test.each(broken)('takes a whole token and nothing else: %s', async (_title, body) => {
    const { token } = await mint();
    const before = await tableChecksum();
    const answer = await callAs(null)('POST', '/v1/tokens/leaked', body(token));
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(JSON.stringify(answer.body)).not.toContain(token);
    expect(await tableChecksum()).toBe(before);
  });

  test('takes no token from the query, and no other method', async () => {
    const { token } = await mint();
    expect((await callAs(null)('POST', `/v1/tokens/leaked?token=${token}`)).status).toBe(400);
    expect((await callAs(null)('GET', `/v1/tokens/leaked?token=${token}`)).status).toBe(405);
    expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  });

  test('K26 too often with what is no live token is refused, while a live one is taken', async () => {
    const { token } = await mint();
    const ip = '203.0.113.51';
    for (let count = 0; count < FAILURES_A_MINUTE; count++) await report(`pds_${'0'.repeat(36)}`, ip);
    const limited = await report(newTokenSecret().secret, ip);
    expect([limited.status, limited.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    await db().transaction(async (tx) => {
      // Whoever looked a token up would wait for this transaction.
      await tx.execute(sql`lock table api_tokens in access exclusive mode`);
      expect((await report(`pds_${'1'.repeat(36)}`, ip)).status).toBe(429);
    });
    expect((await report(newTokenSecret().secret, '203.0.113.52')).status).toBe(204);
    expect((await report(token, ip)).status).toBe(204);
    expect(await codeOf(token)).toBe('invalid_api_token');
  });
});

test('K22 while Postgres is away a report is answered 503 and its token appears in no log', async () => {
  const { token } = await mint();
  const logged = vi.spyOn(logger(), 'error');
  await closeDatabase();
  const { status, body } = await report(token);
  expect([status, body.code]).toEqual([503, 'dependency_unavailable']);
  expect(logged).toHaveBeenCalled();
  expect(JSON.stringify([body, logged.mock.calls])).not.toContain(token);
});

async function change(id: string, values: Partial<Record<'expiresAt' | 'orgId', ReturnType<typeof sql> | null>>): Promise<void> {
  await db().update(apiTokens).set(values).where(eq(apiTokens.id, id));
}
