import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

const LIMIT = 3;

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject({ PANDASTACK_MAX_TOKENS_PER_ORG: String(LIMIT) });
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
});

const mint = (person: Person = owner, input = {}) =>
  person.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...input });
const mintTimes = async (times: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let count = 0; count < times; count++) ids.push((await mint()).body.id);
  return ids;
};

/** Nobody may write a token until several wait for it: whoever counts without a lock has counted by then. */
async function insertingAtOnce<T>(mintMany: () => Promise<T>): Promise<T> {
  const { minted } = await db().transaction(async (tx) => {
    await tx.execute(sql`lock table api_tokens in share mode`);
    const pending = mintMany();
    for (let waiting = 0; waiting < 5; ) {
      // A transaction keeps seeing the activity it saw first.
      await tx.execute(sql`select pg_stat_clear_snapshot()`);
      const [row] = await tx.execute<{ waiting: number }>(sql`select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      waiting = row?.waiting ?? 0;
    }
    return { minted: pending };
  });
  return minted;
}

test('an org has at most as many live tokens as the operator allows, by either road', async () => {
  await mintTimes(LIMIT);
  const before = await tableChecksum();
  const { status, body } = await mint();
  expect([status, body.code]).toEqual([409, 'token_limit']);
  expect(body.hint).toContain('PANDASTACK_MAX_TOKENS_PER_ORG');
  expect((await owner.call('POST', '/v1/me/tokens', { label: 'ci' })).body.code).toBe('token_limit');
  expect(await tableChecksum()).toBe(before);
});

test('X13 of twenty who ask at once for the last place, one gets it', async () => {
  const colleagues = [newPerson(project), newPerson(project)];
  for (const colleague of colleagues) await join(owner, colleague);
  await mintTimes(LIMIT - 1);
  const answers = await insertingAtOnce(() =>
    Promise.all(Array.from({ length: 20 }, (_, at) => mint([owner, ...colleagues][at % 3]))),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(19).fill(409)]);
  expect(new Set(answers.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['token_limit']));
  expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items).toHaveLength(LIMIT);
});

test('revoked and expired tokens take no place, rotated ones take one, and other orgs none of ours', async () => {
  const [first, second] = await mintTimes(LIMIT);
  expect((await mint()).status).toBe(409);
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${first}`);
  expect((await mint()).status).toBe(201);
  await db()
    .update(apiTokens)
    .set({ expiresAt: sql`now()` })
    .where(eq(apiTokens.id, String(second)));
  const { status, body } = await mint();
  expect(status).toBe(201);
  expect((await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens/${body.id}/rotate`)).status).toBe(200);
  expect((await mint()).status).toBe(409);
  const other = await newOwner(project);
  expect((await other.call('POST', `/v1/orgs/${other.org.id}/tokens`, { label: 'ci' })).status).toBe(201);
});

test('X06 of a member who mints while being removed, no live token is left', async () => {
  const member = newPerson(project);
  await join(owner, member);
  const [removal] = await Promise.all([
    owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${member.userId}`),
    ...Array.from({ length: 10 }, () => mint(member)),
  ]);
  expect(removal?.status).toBe(204);
  const rows = await db().select().from(apiTokens).where(eq(apiTokens.createdBy, member.userId));
  expect(rows.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
});
