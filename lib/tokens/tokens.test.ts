import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { everything } from '@/db/fixtures/whole-database';
import { db } from '@/db/postgres';
import { apiTokens, auditOutbox } from '@/db/schema';
import { databaseUrl } from '@/e2e/support/database-url';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { authorizeCurrentOrg, authorizeOrg } from '@/lib/access/org-access';
import { authenticateApiToken, hashSecret } from '@/lib/auth/api-token';
import { forgetTold } from '@/lib/auth/at-most-once-a-minute';
import { authenticateUser } from '@/lib/auth/authenticate-request';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { tokenChecksum } from '@/lib/auth/token-checksum';
import { logger } from '@/lib/log';
import { revokeToken, revokeTokenByPrefix } from './revoke-token';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function currentDatabase(): Promise<string> {
  const [row] = await db().execute<{ name: string }>(sql`select current_database() as name`);
  return String(row?.name);
}

async function minted(input: Record<string, unknown> = {}) {
  const owner = await newOwner(project);
  const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...input });
  return { owner, status, body, as: callAs(body.token) };
}

describe('a token', () => {
  test('K01 K02 shows its secret once, in the format secret scanners look for, and the table keeps a digest', async () => {
    const { owner, status, body } = await minted();
    expect(status).toBe(201);
    expect(body.token).toMatch(/^pds_[0-9A-Za-z]{36}$/);
    expect(body.token.slice(-6)).toBe(tokenChecksum(body.token.slice(4, -6)));
    expect(body.prefix).toBe(body.token.slice(0, 12));
    const database = databaseUrl(inject('clusterUrl'), await currentDatabase());
    expect(JSON.stringify(await everything(database))).not.toContain(body.token.slice(12));
    const [row] = await db().select().from(apiTokens).where(eq(apiTokens.id, body.id));
    expect(row).toMatchObject({
      tokenHash: hashSecret(body.token),
      orgId: owner.org.id,
      createdBy: owner.userId,
      workspaceId: owner.org.slug,
    });
    const list = (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body;
    expect(list.items).toMatchObject([{ id: body.id, prefix: body.prefix, label: 'ci', role: 'member', last_used_at: null }]);
    expect(JSON.stringify(list)).not.toContain(body.token);
    expect(JSON.stringify(list)).not.toContain(row?.tokenHash);
  });

  test('sees its own org as the current one', async () => {
    const { owner, as } = await minted();
    expect((await as('GET', '/v1/me')).body).toMatchObject({
      user_id: owner.userId,
      auth_method: 'token',
      current_org: { id: owner.org.id, role: 'member' },
      orgs: [{ id: owner.org.id }],
    });
  });

  test('K08 never manages people, invites, tokens or orgs, whatever its role', async () => {
    const { owner, body, as } = await minted({ role: 'owner' });
    const org = `/v1/orgs/${owner.org.id}`;
    const calls: [string, string, unknown?][] = [
      ['POST', '/v1/orgs', { name: 'More' }],
      ['PATCH', org, { name: 'Other' }],
      ['DELETE', org, { confirm: owner.org.slug }],
      ['POST', `${org}/transfer`, { user_id: owner.userId }],
      ['POST', `${org}/invites`, { email: 'g@example.com', role: 'admin' }],
      ['GET', `${org}/invites`],
      ['DELETE', `${org}/members/${crypto.randomUUID()}`],
      ['DELETE', `${org}/members/${owner.userId}`],
      ['PATCH', `${org}/members/${owner.userId}`, { role: 'member' }],
      ['POST', `${org}/tokens`, { label: 'more' }],
      ['GET', `${org}/tokens`],
      ['DELETE', `${org}/tokens/${body.id}`],
      ['DELETE', `${org}/tokens/${body.id}/previous`],
      ['POST', `${org}/tokens/${body.id}/rotate`],
      ['POST', '/v1/me/tokens', { label: 'more' }],
      ['POST', '/v1/me/current-org', { org_id: owner.org.id }],
      ['GET', '/v1/me/invites'],
    ];
    const before = await tableChecksum();
    for (const [method, path, input] of calls) {
      const answer = await as(method, path, input);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 403, 'token_not_allowed']);
    }
    expect(await tableChecksum()).toBe(before);
    expect((await as('GET', org)).status).toBe(200);
    expect((await as('GET', `${org}/members`)).status).toBe(200);
  });

  test('K09 is fixed to its org, also when a header or path names another of its creator', async () => {
    const { owner, body, as } = await minted();
    const second = (await owner.call('POST', '/v1/orgs', { name: 'Second' })).body;
    expect((await as('GET', `/v1/orgs/${second.id}`)).body.code).toBe('org_not_found');
    expect((await as('GET', '/v1/orgs')).body).toHaveLength(1);
    expect((await as('GET', '/v1/me', undefined, { 'x-pandastack-org': second.id })).body.current_org.id).toBe(owner.org.id);
    const actor = await authenticateApiToken(body.token, { requestId: 'test', ip: '', userAgent: '' });
    for (const asked of [second.id, second.slug, crypto.randomUUID()])
      await expect(authorizeCurrentOrg(actor, asked, 'org:read')).rejects.toMatchObject({ code: 'not_a_member' });
    expect(await authorizeCurrentOrg(actor, owner.org.slug, 'org:read')).toMatchObject({ orgId: owner.org.id });
  });

  test('K16 K18 is never above its creator, then or later', async () => {
    const owner = await newOwner(project);
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    expect((await admin.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'up', role: 'owner' })).body.code).toBe(
      'forbidden',
    );
    const { token } = (await admin.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'peer', role: 'admin' })).body;
    expect((await callAs(token)('GET', '/v1/me')).body.current_org.role).toBe('admin');
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${admin.userId}`, { role: 'member' });
    expect((await callAs(token)('GET', '/v1/me')).body.current_org.role).toBe('member');
  });

  test('tells when it was last used, written in batches', async () => {
    const { owner, as } = await minted();
    await Promise.all(Array.from({ length: 10 }, () => as('GET', '/v1/me')));
    await flushTokenUse();
    const { body } = await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`);
    expect(Date.parse(body.items[0].last_used_at)).toBeGreaterThan(0);
  });

  test.each([
    ['another last character', (token: string) => `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`],
    ['capitals', (token: string) => token.toUpperCase()],
    ['a character less', (token: string) => token.slice(0, -1)],
    ['a megabyte more', (token: string) => token + 'x'.repeat(1_000_000)],
    ['its digest', (token: string) => `pds_${hashSecret(token)}`],
  ])('with %s is not valid', async (_title, change) => {
    const { body } = await minted();
    const answer = await callAs(change(body.token))('GET', '/v1/me');
    expect([answer.status, answer.body.code.replace('invalid_token', 'invalid_api_token')]).toEqual([401, 'invalid_api_token']);
  });

  test('adopted from an older database has member rights in the org its slug named, and none without one', async () => {
    const { owner } = await minted();
    const secret = `pds_${'a1b2c3d4'.repeat(5)}`;
    const adopted = { tokenHash: hashSecret(secret), prefix: secret.slice(0, 12), workspaceId: owner.org.slug };
    await db()
      .insert(apiTokens)
      .values({ ...adopted, orgId: owner.org.id, role: 'owner' });
    expect((await callAs(secret)('GET', '/v1/me')).body.current_org).toMatchObject({ id: owner.org.id, role: 'member' });
    await db().update(apiTokens).set({ orgId: null }).where(eq(apiTokens.tokenHash, adopted.tokenHash));
    expect((await callAs(secret)('GET', '/v1/me')).body.code).toBe('invalid_api_token');
  });

  test('K24 K25 hashing to the local development token opens nothing here', async () => {
    const { owner } = await minted();
    await db()
      .insert(apiTokens)
      .values({
        tokenHash: hashSecret('pds_local_dev_token'),
        prefix: 'pds_local_de',
        workspaceId: owner.org.slug,
        orgId: owner.org.id,
      });
    const warned = vi.spyOn(logger(), 'warn');
    forgetTold();
    for (let count = 0; count < 3; count++)
      expect((await callAs('pds_local_dev_token')('GET', '/v1/me')).body.code).toBe('local_token_refused');
    expect(warned.mock.calls).toEqual([
      [expect.objectContaining({ event: 'auth.failed', code: 'local_token_refused' }), expect.any(String)],
    ]);
  });
});

describe('revoking', () => {
  test('K10 K12 works once and at once', async () => {
    const { owner, body, as } = await minted();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${body.id}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, ...Array(19).fill(404)]);
    expect((await as('GET', '/v1/me')).body.code).toBe('invalid_api_token');
    const events = await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, owner.org.id));
    expect(events.filter(({ payload }) => (payload as { action: string }).action === 'token.revoked')).toHaveLength(1);
  });

  test('is for one’s own tokens, for managers for all, and for nobody of another org', async () => {
    const { owner, body } = await minted();
    const member = newPerson(project);
    await join(owner, member);
    const other = await newOwner(project);
    expect((await member.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items).toEqual([]);
    expect((await member.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${body.id}`)).body.code).toBe('token_not_found');
    expect((await other.call('DELETE', `/v1/orgs/${other.org.id}/tokens/${body.id}`)).body.code).toBe('token_not_found');
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/nonsense`)).body.code).toBe('token_not_found');
    const mine = (await member.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'mine' })).body;
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${mine.id}`)).status).toBe(204);
  });

  test('goes by the role at that moment: who was a manager when they asked ends nobody else’s tokens', async () => {
    const { owner, body } = await minted();
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    const user = await authenticateUser(admin.token, { requestId: 'r', ip: '', userAgent: '' });
    const access = await authorizeOrg(user, owner.org.id, 'tokens:revoke');
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${admin.userId}`, { role: 'member' });
    const before = await tableChecksum();
    await expect(revokeToken(access, body.id)).rejects.toMatchObject({ code: 'token_not_found' });
    await expect(revokeTokenByPrefix(access, body.prefix)).rejects.toMatchObject({ code: 'token_not_found' });
    expect(await tableChecksum()).toBe(before);
  });

  test('K13 by prefix ends the one token meant, or none', async () => {
    const { owner, body, as } = await minted();
    const twin = { prefix: body.prefix, workspaceId: owner.org.slug, orgId: owner.org.id, createdBy: owner.userId };
    const secret = `${body.prefix}${'x'.repeat(28)}`;
    await db()
      .insert(apiTokens)
      .values({ ...twin, tokenHash: hashSecret(secret) });
    const before = await tableChecksum();
    expect((await owner.call('DELETE', `/v1/me/tokens/${body.prefix}`)).body.code).toBe('ambiguous_prefix');
    expect(await tableChecksum()).toBe(before);
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${body.id}`);
    expect((await as('GET', '/v1/me')).body.code).toBe('invalid_api_token');
    expect((await callAs(secret)('GET', '/v1/me')).status).toBe(200);
    expect((await owner.call('DELETE', `/v1/me/tokens/${body.prefix}`)).status).toBe(204);
    expect((await owner.call('DELETE', `/v1/me/tokens/${body.prefix}`)).body.code).toBe('token_not_found');
  });
});

test.each([
  { label: '' },
  { label: 'x'.repeat(81) },
  { label: 'a\u0000' },
  { label: 'a', role: 'root' },
  { label: 'a', org_id: 'x' },
  { label: 'a', created_by: 'x' },
  { label: 'a', expires_at: '2001-01-01T00:00:00Z' },
  { label: 'a', expires_at: 'soon' },
  {},
])('a token is not minted from %j', async (input) => {
  const owner = await newOwner(project);
  expect((await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, input)).body.code).toBe('validation_failed');
  expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items).toEqual([]);
});
