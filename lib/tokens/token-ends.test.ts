import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { type Replica, runReplica } from '@/cli/fixtures/run-replica';
import { db, migrateDatabaseAt } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { databaseUrl } from '@/e2e/support/database-url';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { hashSecret } from '@/lib/auth/api-token';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { roleOfToken } from '@/lib/auth/role';
import { judgedIn } from './fixtures/judged-in';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let replicas: Replica[] = [];
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
});

const mint = async (person: Person = owner, input = {}): Promise<{ id: string; token: string; prefix: string }> =>
  (await person.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...input })).body;
const codeOf = async (token: string) => (await callAs(token)('GET', '/v1/me')).body.code;
const expireAt = (id: string, end: ReturnType<typeof sql>) =>
  db().update(apiTokens).set({ expiresAt: end }).where(eq(apiTokens.id, id));

describe('K14 the expiry of a token', () => {
  test.each([
    ['a second before', sql`now() + interval '1 second'`, false],
    ['at', sql`now()`, true],
    ['a second after', sql`now() - interval '1 second'`, true],
  ])('is judged %s it by the clock of the database', async (_title, end, expired) => {
    const { id, token } = await mint();
    await db().transaction(async (tx) => {
      await tx.update(apiTokens).set({ expiresAt: end }).where(eq(apiTokens.id, id));
      expect(await judgedIn(tx, token)).toMatchObject({ expired });
    });
    if (expired) expect(await codeOf(token)).toBe('api_token_expired');
  });

  test('is told as such, with 401 and what to do', async () => {
    const { id, token } = await mint();
    await expireAt(id, sql`now()`);
    const { status, body, headers } = await callAs(token)('GET', '/v1/me');
    expect([status, body.code, body.hint]).toEqual([401, 'api_token_expired', expect.stringContaining('Mint a new one')]);
    expect(headers.get('www-authenticate')).toContain('invalid_token');
    const [listed] = (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items;
    expect(listed).toMatchObject({ id, state: 'expired' });
  });

  test.each([-1, 1])('does not go by the clock of this process, %i years off', async (years) => {
    const [living, dead] = [await mint(), await mint()];
    await expireAt(living.id, sql`now() + interval '1 hour'`);
    await expireAt(dead.id, sql`now() - interval '1 second'`);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + years * 366 * 86_400_000 });
    try {
      expect((await callAs(living.token)('GET', '/v1/me')).status).toBe(200);
      expect(await codeOf(dead.token)).toBe('api_token_expired');
    } finally {
      vi.useRealTimers();
    }
  });
});

test('K10 a token and an old secret that were ended are dead on another replica with the next request', async () => {
  const [row] = await db().execute<{ name: string }>(sql`select current_database() as name`);
  const replica = await runReplica({
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
    PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9',
    PANDASTACK_DATABASE_URL: databaseUrl(inject('clusterUrl'), String(row?.name)),
    SUPABASE_URL: project.url,
    SUPABASE_ANON_KEY: 'sb_publishable_of_the_project',
  });
  replicas = [replica];
  const old = await mint();
  const path = `/v1/orgs/${owner.org.id}/tokens/${old.id}`;
  const { token } = (await owner.call('POST', `${path}/rotate`)).body;
  expect([await replica.judge(old.token), await replica.judge(token)]).toEqual(['accepted', 'accepted']);
  await owner.call('DELETE', `${path}/previous`);
  expect([await replica.judge(old.token), await replica.judge(token)]).toEqual(['api_token_expired', 'accepted']);
  await owner.call('DELETE', path);
  expect(await replica.judge(token)).toBe('invalid_api_token');
}, 90_000);

describe('K16 the rights of a token', () => {
  test.each([
    ['owner', 'admin', 'admin'],
    ['owner', 'member', 'member'],
    ['admin', 'member', 'member'],
    ['member', 'member', 'member'],
  ])('of scope %s are those of a creator who became %s: %s', async (scope, becomes, effective) => {
    const colleague = newPerson(project);
    await join(owner, colleague, 'admin');
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${colleague.userId}`, { role: 'owner' });
    const { id, token } = await mint(colleague, { role: scope });
    await owner.call('PATCH', `/v1/orgs/${owner.org.id}/members/${colleague.userId}`, { role: becomes });
    expect((await callAs(token)('GET', '/v1/me')).body.current_org.role).toBe(effective);
    const [listed] = (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items;
    expect(listed).toMatchObject({ id, role: scope, effective_role: effective, state: 'active', created_by: colleague.userId });
  });

  test('are none when the creator is no member, even where no removal ended it', async () => {
    const member = newPerson(project);
    await join(owner, member);
    const { token } = await mint(member);
    await db().execute(sql`delete from org_members where user_id = ${member.userId}`);
    expect(await codeOf(token)).toBe('invalid_api_token');
    const [listed] = (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items;
    expect(listed).toMatchObject({ effective_role: null, state: 'orphaned' });
  });

  test('are none when the role is one this version does not know', () => {
    expect(roleOfToken({ createdBy: 'ada', role: 'superuser', creatorRole: 'owner' })).toBeUndefined();
    expect(roleOfToken({ createdBy: 'ada', role: 'owner', creatorRole: 'superuser' })).toBeUndefined();
    expect(roleOfToken({ createdBy: null, role: 'superuser', creatorRole: null })).toBeUndefined();
  });
});

test('K17 a token dies with its org, also when somebody else takes the slug', async () => {
  const { token } = await mint();
  // Adopted without an org: it names one by its slug alone.
  const adopted = `pds_${'a1b2c3d4'.repeat(5)}`;
  const tokenHash = hashSecret(adopted);
  await db().insert(apiTokens).values({ tokenHash, prefix: 'pds_a1b2c3d4', workspaceId: owner.org.slug });
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}`, { confirm: owner.org.slug });
  const heir = newPerson(project);
  const { status, body } = await heir.call('POST', '/v1/orgs', { name: 'Heir', slug: owner.org.slug });
  expect([status, body.slug]).toEqual([201, owner.org.slug]);
  const before = await tableChecksum();
  for (const path of ['/v1/me', `/v1/orgs/${owner.org.slug}`, `/v1/orgs/${body.id}`, `/v1/orgs/${body.id}/members`]) {
    for (const dead of [token, adopted]) {
      const answer = await callAs(dead)('GET', path);
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_api_token']);
    }
  }
  expect((await heir.call('GET', `/v1/orgs/${body.id}/tokens`)).body.items).toEqual([]);
  expect(await tableChecksum()).toBe(before);
});

test('K18 a member asks for more than their own role in vain, by either road', async () => {
  const member = newPerson(project);
  await join(owner, member);
  const before = await tableChecksum();
  for (const path of [`/v1/orgs/${owner.org.id}/tokens`, '/v1/me/tokens']) {
    for (const role of ['admin', 'owner']) {
      const { status, body } = await member.call('POST', path, { label: 'up', role });
      expect([path, role, status, body.code]).toEqual([path, role, 403, 'forbidden']);
    }
  }
  expect(await tableChecksum()).toBe(before);
});

test('a revoked token stays dead when the next start applies every migration again', async () => {
  const { id, token } = await mint();
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${id}`);
  const [row] = await db().execute<{ name: string }>(sql`select current_database() as name`);
  await db().execute(sql`delete from drizzle.__drizzle_migrations`);
  expect(await migrateDatabaseAt(databaseUrl(inject('clusterUrl'), String(row?.name)))).toBeGreaterThan(0);
  expect(await codeOf(token)).toBe('invalid_api_token');
});

describe('uses are written in batches', () => {
  const lastUsed = async (id: string) =>
    (await db().select({ at: apiTokens.lastUsedAt }).from(apiTokens).where(eq(apiTokens.id, id)))[0]?.at;

  test('a row that somebody is changing is passed over and written with the next batch, so that neither waits', async () => {
    const { id, token } = await mint();
    await callAs(token)('GET', '/v1/me');
    await db().transaction(async (tx) => {
      await tx.update(apiTokens).set({ label: 'changing' }).where(eq(apiTokens.id, id));
      await flushTokenUse();
      expect(await lastUsed(id)).toBeNull();
    });
    await flushTokenUse();
    expect(await lastUsed(id)).toBeInstanceOf(Date);
  });

  test('a token that is gone is forgotten', async () => {
    const { id, token } = await mint();
    await callAs(token)('GET', '/v1/me');
    await db().delete(apiTokens).where(eq(apiTokens.id, id));
    await flushTokenUse();
    await flushTokenUse();
    expect(globalThis).toMatchObject({ __pandastackUsedTokens: { used: new Set(), again: new Set() } });
  });
});
