import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens, auditOutbox } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { hashSecret } from '@/lib/auth/api-token';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { judgedIn } from './fixtures/judged-in';

const DAY_MS = 86_400_000;

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

async function mint(
  person: Person = owner,
  input: Record<string, unknown> = {},
): Promise<{ id: string; token: string; prefix: string }> {
  return (await person.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...input })).body;
}
const rotate = (id: string, input?: unknown, person: Person = owner) =>
  person.call('POST', `/v1/orgs/${owner.org.id}/tokens/${id}/rotate`, input);
const endOld = (id: string, person: Person = owner) => person.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${id}/previous`);
const listed = async () => (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items;
const statusOf = async (token: string) => (await callAs(token)('GET', '/v1/me')).status;
const codeOf = async (token: string) => (await callAs(token)('GET', '/v1/me')).body.code;
const setPreviousEnd = (id: string, end: ReturnType<typeof sql>) =>
  db().update(apiTokens).set({ previousExpiresAt: end }).where(eq(apiTokens.id, id));
const eventsOf = async (action: string) =>
  (await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, owner.org.id)))
    .map(({ payload }) => payload as Record<string, string>)
    .filter((payload) => payload.action === action);

describe('rotating a token', () => {
  test('gives it a new secret, shown once, under the same id; both open the same until the old one ends in a day', async () => {
    const old = await mint();
    const { status, body } = await rotate(old.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: old.id, label: 'ci', role: 'member', previous_prefix: old.prefix, last_used_at: null });
    expect(body.token).toMatch(/^pds_[0-9A-Za-z]{36}$/);
    expect(body.token).not.toBe(old.token);
    expect(body.prefix).toBe(body.token.slice(0, 12));
    expect(Math.abs(Date.parse(body.previous_expires_at) - Date.now() - DAY_MS)).toBeLessThan(60_000);
    const seen = await Promise.all([old.token, body.token].map(async (token) => (await callAs(token)('GET', '/v1/me')).body));
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0].current_org.id).toBe(owner.org.id);
    const list = await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`);
    expect(list.body.items).toHaveLength(1);
    for (const secret of [old.token, body.token, hashSecret(old.token), hashSecret(body.token)])
      expect(JSON.stringify(list.body)).not.toContain(secret);
  });

  test.each([
    [{ overlap_seconds: 3600 }, 3_600_000],
    [{ overlap_seconds: 2_592_000 }, 30 * DAY_MS],
    [{}, DAY_MS],
  ])('keeps the old secret as long as %j says', async (input, expectedMs) => {
    const { body } = await rotate((await mint()).id, input);
    expect(Math.abs(Date.parse(body.previous_expires_at) - Date.now() - expectedMs)).toBeLessThan(60_000);
  });

  test('keeps the old secret until a chosen moment', async () => {
    const moment = new Date(Date.now() + 3 * DAY_MS).toISOString();
    const { body } = await rotate((await mint()).id, { previous_expires_at: moment });
    expect(body.previous_expires_at).toBe(moment);
  });

  test('without an overlap ends the old secret at once, and says why it is refused', async () => {
    const old = await mint();
    const { body } = await rotate(old.id, { overlap_seconds: 0 });
    expect(await codeOf(old.token)).toBe('api_token_expired');
    expect((await callAs(old.token)('GET', '/v1/me')).body.error).toMatch(/rotated/);
    expect(await statusOf(body.token)).toBe(200);
  });

  test('never lets the old secret outlive the token', async () => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await rotate((await mint(owner, { expires_at })).id, { overlap_seconds: 86_400 });
    expect(body.previous_expires_at).toBe(expires_at);
  });

  test('again during the overlap ends the oldest secret', async () => {
    const first = await mint();
    const second = (await rotate(first.id)).body;
    const third = (await rotate(first.id)).body;
    expect(await codeOf(first.token)).toBe('invalid_api_token');
    expect(await statusOf(second.token)).toBe(200);
    expect(await statusOf(third.token)).toBe(200);
    expect(third.previous_prefix).toBe(second.prefix);
  });

  test('twenty times at once leaves the two newest secrets, and a chain without a gap', async () => {
    const { id } = await mint();
    const answers = await Promise.all(Array.from({ length: 20 }, () => rotate(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const living = await Promise.all(answers.map(({ body }) => statusOf(body.token)));
    expect(living.filter((status) => status === 200)).toHaveLength(2);
    expect(new Set(answers.map(({ body }) => body.previous_prefix)).size).toBe(20);
  });

  test('is written down without a secret', async () => {
    const old = await mint();
    const { body } = await rotate(old.id);
    const [event] = await eventsOf('token.rotated');
    expect(event).toMatchObject({ actor_id: owner.userId, target_type: 'token', target_id: old.id });
    expect(JSON.parse(event?.metadata ?? '')).toMatchObject({ label: 'ci', prefix: body.prefix, previous_prefix: old.prefix });
    for (const secret of [old.token, body.token, hashSecret(body.token)]) expect(JSON.stringify(event)).not.toContain(secret);
  });

  test.each([
    { overlap_seconds: -1 },
    { overlap_seconds: 1.5 },
    { overlap_seconds: 2_592_001 },
    { overlap_seconds: '3600' },
    { overlap_seconds: null },
    { previous_expires_at: '2001-01-01T00:00:00Z' },
    { previous_expires_at: new Date(Date.now() + 31 * DAY_MS).toISOString() },
    { previous_expires_at: 'tomorrow' },
    { overlap_seconds: 60, previous_expires_at: new Date(Date.now() + DAY_MS).toISOString() },
    { token: 'pds_mine' },
    { role: 'owner' },
    { id: 'x' },
  ])('from %j is refused and changes nothing', async (input) => {
    const { id, token } = await mint();
    const before = await tableChecksum();
    expect((await rotate(id, input)).body.code).toBe('validation_failed');
    expect(await tableChecksum()).toBe(before);
    expect(await statusOf(token)).toBe(200);
  });
});

describe('who rotates', () => {
  test('the creator alone: a manager would learn a secret that acts as somebody else', async () => {
    const [admin, member, other] = [newPerson(project), newPerson(project), newPerson(project)];
    await join(owner, admin, 'admin');
    await join(owner, member);
    await join(owner, other);
    const { id, token } = await mint(member);
    const before = await tableChecksum();
    for (const manager of [owner, admin]) {
      const { status, body } = await rotate(id, undefined, manager);
      expect([status, body.code]).toEqual([403, 'forbidden']);
    }
    expect((await rotate(id, undefined, other)).body.code).toBe('token_not_found');
    expect((await rotate((await mint()).id, undefined, member)).body.code).toBe('token_not_found');
    expect(await statusOf(token)).toBe(200);
    expect((await rotate(id, undefined, member)).status).toBe(200);
    expect(before).not.toBe(await tableChecksum());
  });

  test('nobody of another org, no outsider, no API token', async () => {
    const { id, token } = await mint();
    const [stranger, foreign] = [newPerson(project), await newOwner(project)];
    const before = await tableChecksum();
    expect((await rotate(id, undefined, stranger)).body.code).toBe('org_not_found');
    expect((await foreign.call('POST', `/v1/orgs/${foreign.org.id}/tokens/${id}/rotate`)).body.code).toBe('token_not_found');
    const path = `/v1/orgs/${owner.org.id}/tokens/${id}`;
    expect((await callAs(token)('POST', `${path}/rotate`)).body.code).toBe('token_not_allowed');
    expect((await callAs(token)('DELETE', `${path}/previous`)).body.code).toBe('token_not_allowed');
    expect((await callAs(null)('POST', `${path}/rotate`)).body.code).toBe('missing_token');
    expect(await tableChecksum()).toBe(before);
  });

  test.each([
    ['revoked', { revokedAt: sql`now()` }, 'token_not_found'],
    ['expired', { expiresAt: sql`now()` }, 'token_not_found'],
    // Adopted: nobody is its creator.
    ['without a creator', { createdBy: null }, 'forbidden'],
  ])('nobody rotates a token that is %s', async (_title, change, code) => {
    const { id } = await mint();
    await db().update(apiTokens).set(change).where(eq(apiTokens.id, id));
    const before = await tableChecksum();
    expect((await rotate(id)).body.code).toBe(code);
    expect(await tableChecksum()).toBe(before);
  });

  test('nobody rotates what is no token', async () => {
    expect((await rotate('nonsense')).body.code).toBe('token_not_found');
    expect((await rotate(crypto.randomUUID())).body.code).toBe('token_not_found');
  });
});

describe('the old secret', () => {
  test.each([
    ['a second before', sql`now() + interval '1 second'`, false],
    ['at', sql`now()`, true],
    ['a second after', sql`now() - interval '1 second'`, true],
  ])('is judged %s its end by the clock of the database', async (_title, end, replaced) => {
    const old = await mint();
    const { body } = await rotate(old.id);
    await setPreviousEnd(old.id, sql`now() + interval '1 hour'`);
    await db().transaction(async (tx) => {
      await tx.update(apiTokens).set({ previousExpiresAt: end }).where(eq(apiTokens.id, old.id));
      expect(await judgedIn(tx, old.token)).toMatchObject({ expired: false, replaced });
      expect(await judgedIn(tx, body.token)).toMatchObject({ expired: false, replaced: false });
    });
    if (!replaced) return;
    expect(await codeOf(old.token)).toBe('api_token_expired');
    expect(await statusOf(body.token)).toBe(200);
  });

  test('tells when it was last used, apart from the new one, also when the use was noted before the rotation', async () => {
    const old = await mint();
    await statusOf(old.token);
    const { body } = await rotate(old.id);
    await flushTokenUse();
    const [first] = await listed();
    expect([first.last_used_at, first.previous_last_used_at]).toEqual([null, expect.any(String)]);
    await statusOf(body.token);
    await flushTokenUse();
    const [second] = await listed();
    expect(second.last_used_at).toEqual(expect.any(String));
    expect(second.previous_last_used_at).toBe(first.previous_last_used_at);
    await statusOf(old.token);
    await flushTokenUse();
    const [third] = await listed();
    expect(third.last_used_at).toBe(second.last_used_at);
    expect(Date.parse(third.previous_last_used_at)).toBeGreaterThan(Date.parse(first.previous_last_used_at));
  });

  test('takes its last use along when the token is rotated', async () => {
    const old = await mint();
    await statusOf(old.token);
    await flushTokenUse();
    const [before] = await listed();
    await rotate(old.id);
    const [after] = await listed();
    expect([after.last_used_at, after.previous_last_used_at]).toEqual([null, before.last_used_at]);
  });

  test('ends at once when its holder says so, once, and the new one goes on', async () => {
    const old = await mint();
    const { body } = await rotate(old.id);
    const answers = await Promise.all(Array.from({ length: 5 }, () => endOld(old.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404]);
    expect(await codeOf(old.token)).toBe('api_token_expired');
    expect(await statusOf(body.token)).toBe(200);
    expect(await eventsOf('token.previous_ended')).toHaveLength(1);
  });

  test('is ended by managers for all, by members for their own', async () => {
    const [member, other] = [newPerson(project), newPerson(project)];
    await join(owner, member);
    await join(owner, other);
    const { id } = await mint(member);
    expect((await endOld(id, member)).body.code).toBe('token_not_found');
    await rotate(id, undefined, member);
    expect((await endOld(id, other)).body.code).toBe('token_not_found');
    expect((await endOld(id, owner)).status).toBe(204);
    expect((await endOld('nonsense')).body.code).toBe('token_not_found');
  });

  test('dies with its token', async () => {
    const old = await mint();
    await rotate(old.id);
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${old.id}`);
    expect(await codeOf(old.token)).toBe('invalid_api_token');
  });

  test('dies with the membership of its creator, and is never above their present role', async () => {
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    const old = await mint(admin, { role: 'admin' });
    const { body } = await rotate(old.id, undefined, admin);
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${admin.userId}`, { role: 'member' });
    expect((await callAs(old.token)('GET', '/v1/me')).body.current_org.role).toBe('member');
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${admin.userId}`);
    expect([await codeOf(old.token), await codeOf(body.token)]).toEqual(['invalid_api_token', 'invalid_api_token']);
  });
});
