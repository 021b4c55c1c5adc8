import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens, idempotencyKeys, orgMembers, orgs } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { pruneAnswers } from '@/lib/idempotency/claim-key';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
beforeEach(async () => {
  owner = await newOwner(project);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => project.close());

const once = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const mint = (headers: Record<string, string>, body: unknown = { label: 'ci' }) =>
  owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, body, headers);
const tokens = () => db().select().from(apiTokens).where(eq(apiTokens.orgId, owner.org.id));

describe('N28 a change with an Idempotency-Key', () => {
  test('happens once however often it is sent, and is answered alike, its secret included', async () => {
    const headers = once();
    const first = await mint(headers);
    const before = await tableChecksum();
    for (let retry = 0; retry < 3; retry++) {
      const again = await mint(headers);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    }
    expect(await tokens()).toHaveLength(1);
    expect(await tableChecksum()).toBe(before);
    expect((await callAs(first.body.token)('GET', '/v1/me')).status).toBe(200);
  });

  test('may be an org, an invite, a rename, a revocation', async () => {
    const { call, org } = owner;
    const made = (await mint({})).body;
    const changes: [string, string, unknown][] = [
      ['POST', '/v1/orgs', { name: 'Once' }],
      ['POST', `/v1/orgs/${org.id}/invites`, { email: `${randomUUID()}@example.com` }],
      ['PATCH', `/v1/orgs/${org.id}`, { name: 'Renamed once' }],
      ['POST', '/v1/me/current-org', { org_id: org.id }],
      ['DELETE', `/v1/orgs/${org.id}/tokens/${made.id}`, undefined],
    ];
    for (const [method, path, body] of changes) {
      const headers = once();
      const first = await call(method, path, body, headers);
      const before = await tableChecksum();
      const again = await call(method, path, body, headers);
      expect([path, again.status, again.body]).toEqual([path, first.status, first.body]);
      expect(first.status).toBeLessThan(300);
      expect(await tableChecksum()).toBe(before);
    }
  });

  test('sent many times at once happens once; who comes too early is told to ask again', async () => {
    const headers = once();
    const answers = await Promise.all(Array.from({ length: 20 }, () => mint(headers)));
    expect(await tokens()).toHaveLength(1);
    for (const { status, body, headers: told } of answers) {
      if (status === 201) continue;
      expect([status, body.code, told.get('retry-after')]).toEqual([409, 'request_in_progress', '2']);
    }
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect((await mint(headers)).status).toBe(201);
    expect(await tokens()).toHaveLength(1);
  });

  test('is refused when the key comes with another body, path, query, method or org', async () => {
    const headers = once();
    const { body } = await mint(headers);
    const before = await tableChecksum();
    const path = `/v1/orgs/${owner.org.id}/tokens`;
    const others: [string, string, unknown, Record<string, string>?][] = [
      ['POST', path, { label: 'other' }],
      ['POST', path, '{ "label": "ci" }'],
      ['POST', `${path}?a=1`, { label: 'ci' }],
      ['POST', `/v1/orgs/${owner.org.slug}/tokens`, { label: 'ci' }],
      ['POST', path, { label: 'ci' }, { 'x-pandastack-org': owner.org.id }],
      ['DELETE', `${path}/${body.id}`, undefined],
    ];
    for (const [method, where, what, extra] of others) {
      const answer = await owner.call(method, where, what, { ...headers, ...extra });
      expect([method, where, answer.status, answer.body.code]).toEqual([method, where, 422, 'idempotency_key_reused']);
      expect(JSON.stringify(answer.body)).not.toContain(body.token);
    }
    expect(await tableChecksum()).toBe(before);
  });

  test("is not reached by another person's key, nor by a token's", async () => {
    const headers = once();
    const first = await owner.call('POST', '/v1/orgs', { name: 'Mine' }, headers);
    const stranger = await newPerson(project).call('POST', '/v1/orgs', { name: 'Mine' }, headers);
    expect([first.status, stranger.status]).toEqual([201, 201]);
    expect(stranger.body.id).not.toBe(first.body.id);
    const { token } = (await mint({})).body;
    const program = await callAs(token)('POST', '/v1/orgs', { name: 'Mine' }, headers);
    expect([program.status, program.body.code]).toEqual([403, 'token_not_allowed']);
    const nobody = await callAs(null)('POST', '/v1/orgs', { name: 'Mine' }, headers);
    expect([nobody.status, nobody.body.code]).toEqual([401, 'missing_token']);
  });

  test('that was refused may be sent again, corrected or not', async () => {
    const headers = once();
    expect((await mint(headers, { label: '' })).status).toBe(400);
    expect((await mint(headers, { label: '' })).status).toBe(400);
    expect((await mint(headers)).status).toBe(201);
    const member = newPerson(project);
    await db().insert(orgMembers).values({ orgId: owner.org.id, userId: member.userId, email: member.email, role: 'member' });
    const rename = () => member.call('PATCH', `/v1/orgs/${owner.org.id}`, { name: 'By an admin' }, headers);
    expect((await rename()).status).toBe(403);
    await db().update(orgMembers).set({ role: 'admin' }).where(eq(orgMembers.userId, member.userId));
    expect((await rename()).status).toBe(200);
  });

  test('that Postgres cut short is not run a second time: nobody knows whether it was made', async () => {
    const headers = once();
    // As after a COMMIT whose answer was lost.
    vi.spyOn(db(), 'transaction').mockRejectedValueOnce(
      Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }),
    );
    expect((await mint(headers)).status).toBe(503);
    const again = await mint(headers);
    expect([again.status, again.body.code]).toEqual([409, 'request_in_progress']);
    expect(await tokens()).toHaveLength(0);
  });

  test('whose process died before it could keep the answer says so after a minute, and makes nothing twice', async () => {
    const headers = once();
    const first = await mint(headers);
    await db()
      .update(idempotencyKeys)
      .set({ status: null, answer: null, createdAt: sql`now() - interval '61 seconds'` })
      .where(eq(idempotencyKeys.actorKey, `user:${owner.userId}`));
    const before = await tableChecksum();
    const again = await mint(headers);
    expect([again.status, again.body.code, again.headers.get('retry-after')]).toEqual([409, 'request_in_progress', null]);
    expect(again.body.hint).toContain('Look whether it was carried out');
    expect(await tableChecksum()).toBe(before);
    expect(first.status).toBe(201);
  });

  test('is answered as it was made although its answer cannot be kept', async () => {
    const update = vi.spyOn(db(), 'update').mockImplementation(() => {
      throw new Error('read-only');
    });
    const { status } = await mint(once());
    update.mockRestore();
    expect(status).toBe(201);
    expect(await tokens()).toHaveLength(1);
  });

  test('may be sent anew a day later, pruned or not', async () => {
    const [headers, forgotten] = [once(), once()];
    await mint(headers);
    await mint(forgotten);
    await db()
      .update(idempotencyKeys)
      .set({ createdAt: sql`now() - interval '24 hours 1 second'` })
      .where(eq(idempotencyKeys.actorKey, `user:${owner.userId}`));
    expect((await mint(headers, { label: 'another request' })).status).toBe(201);
    expect(await pruneAnswers()).toBe(1);
    expect((await mint(forgotten)).status).toBe(201);
    expect(await tokens()).toHaveLength(4);
  });

  test('leaves neither its key nor its secret in the tables', async () => {
    const headers = once();
    const { body } = await mint(headers);
    const rows = JSON.stringify(
      await db().execute(sql`select encode(answer, 'escape') as answer, to_jsonb(k) - 'answer' as rest from idempotency_keys k`),
    );
    expect(rows).not.toContain(headers['idempotency-key']);
    expect(rows).not.toContain(body.token);
    expect(rows).not.toContain(body.prefix);
  });

  test.each(['short', 'x'.repeat(201), 'schlüssel', 'tab\tulator', ''])('is refused when its key is %j', async (key) => {
    const before = await tableChecksum();
    const { status, body } = await mint(once(key));
    expect([status, body.code, body.fields]).toMatchObject([400, 'validation_failed', [{ path: 'Idempotency-Key' }]]);
    expect(await tableChecksum()).toBe(before);
  });
});

test('N28 reading pays no attention to a key', async () => {
  const headers = once();
  for (const name of ['One', 'Two']) {
    await db().update(orgs).set({ name }).where(eq(orgs.id, owner.org.id));
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}`, undefined, headers)).body.name).toBe(name);
  }
  expect(
    await db()
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.actorKey, `user:${owner.userId}`)),
  ).toEqual([]);
});

test('N28 a path that does not exist stays one', async () => {
  const { status, body } = await owner.call('POST', '/v1/nothing', {}, once());
  expect([status, body.code]).toEqual([404, 'not_found']);
});
