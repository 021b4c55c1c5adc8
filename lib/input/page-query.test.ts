import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens, orgInvites } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

type Owner = Person & { org: { id: string; slug: string } };
interface List {
  path: (owner: Owner) => string;
  /** Puts a row into it, made at the same moment as others of this test. */
  add: (owner: Owner, madeAt: string) => Promise<unknown>;
}

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

const addToken = ({ userId, org }: Owner, madeAt: string) =>
  db()
    .insert(apiTokens)
    .values({
      tokenHash: randomUUID(),
      prefix: 'pds_12345678',
      workspaceId: org.slug,
      orgId: org.id,
      createdBy: userId,
      createdAt: sql`${madeAt}::timestamptz`,
    });
const addInvite = ({ userId, org }: Owner, madeAt: string, email = `${randomUUID()}@example.com`) =>
  db()
    .insert(orgInvites)
    .values({
      tokenHash: randomUUID(),
      orgId: org.id,
      email,
      role: 'member',
      invitedBy: userId,
      createdAt: sql`${madeAt}::timestamptz`,
      expiresAt: sql`now() + interval '1 day'`,
    });

const LISTS: Record<string, List> = {
  'invites of an org': { path: ({ org }) => `/v1/orgs/${org.id}/invites`, add: addInvite },
  'tokens of an org': { path: ({ org }) => `/v1/orgs/${org.id}/tokens`, add: addToken },
  'tokens of the current org': { path: () => '/v1/me/tokens', add: addToken },
  'invites to oneself': {
    path: () => '/v1/me/invites',
    add: async ({ email }, madeAt) => addInvite(await newOwner(project), madeAt, email),
  },
};

// Three rows within one millisecond, two of them in one microsecond: a Date could not tell them apart.
const MOMENTS = ['12:00:00.123456', '12:00:00.123456', '12:00:00.123457', '11:00:00', '10:00:00'].map(
  (time) => `2026-03-01 ${time}Z`,
);

async function walk(owner: Owner, path: string, limit: number, between = async () => {}): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await owner.call('GET', `${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    seen.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
    await between();
  }
  return seen;
}

describe.each(Object.entries(LISTS))('the list of %s', (_name, { path, add }) => {
  test('pages without a gap or a copy, even among rows of one moment and while rows come in', async () => {
    const owner = await newOwner(project);
    for (const moment of MOMENTS) await add(owner, moment);
    const whole = await walk(owner, path(owner), 100);
    expect(whole).toHaveLength(5);
    expect(await walk(owner, path(owner), 1)).toEqual(whole);
    expect(await walk(owner, path(owner), 2, async () => void (await add(owner, '2026-04-01 12:00Z')))).toEqual(whole);
  });

  test.each(['0', '-1', '101', '1000000000', '99999999999999999999', 'NaN', '1.5', '1e1', '0x10', '', ' 5', 'Infinity'])(
    'N17 refuses limit=%s',
    async (limit) => {
      const owner = await newOwner(project);
      const { status, body } = await owner.call('GET', `${path(owner)}?limit=${encodeURIComponent(limit)}`);
      expect([status, body.code, body.fields[0].path]).toEqual([400, 'validation_failed', 'limit']);
    },
  );

  test('N17 I09 refuses a cursor that is garbage, altered, or given by another list', async () => {
    const [one, other] = [await newOwner(project), await newOwner(project)];
    for (const moment of MOMENTS) await add(one, moment);
    const first = await one.call('GET', `${path(one)}?limit=1`);
    const cursor: string = first.body.next_cursor;
    const [place = '', digest = ''] = cursor.split('.');
    const before = await tableChecksum();
    const elsewhere = Buffer.from(`1 ${randomUUID()}`).toString('base64url');
    const altered = [
      '',
      'x',
      place,
      `${place}.`,
      `.${digest}`,
      `${elsewhere}.${digest}`,
      `${cursor}x`,
      `${cursor}==`,
      `x${cursor}`,
    ];
    for (const wrong of [
      ...altered,
      'null',
      '0',
      "' OR 1=1 --",
      '%00',
      'a'.repeat(256),
      Buffer.from('1 x').toString('base64url'),
    ]) {
      const { status, body } = await one.call('GET', `${path(one)}?cursor=${encodeURIComponent(wrong)}`);
      expect([wrong, status, body.code]).toEqual([wrong, 400, 'validation_failed']);
    }
    const stolen = await other.call('GET', `${path(other)}?cursor=${cursor}`);
    expect([stolen.status, stolen.body.code, stolen.body.items]).toEqual([400, 'validation_failed', undefined]);
    expect((await one.call('GET', `${path(one)}?cursor=${cursor}`)).body.items).toHaveLength(4);
    expect(await tableChecksum()).toBe(before);
  });

  test.each([
    'org_id=%&org_id=x',
    'org_id[]=%',
    'limit=1&limit=2',
    'offset=1',
    'a[__proto__][x]=1',
    '__proto__=1',
    'constructor=1',
  ])('I10 N04 refuses ?%s', async (query) => {
    const owner = await newOwner(project);
    const { status, body } = await owner.call('GET', `${path(owner)}?${query.replace('%', owner.org.id)}`);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});

test("I09 a member's list of their own tokens is another list than their owner's of all", async () => {
  const owner = await newOwner(project);
  const member = newPerson(project);
  await join(owner, member);
  for (const moment of MOMENTS) {
    await addToken(owner, moment);
    await addToken({ ...owner, userId: member.userId }, moment);
  }
  const path = `/v1/orgs/${owner.org.id}/tokens`;
  const { body } = await owner.call('GET', `${path}?limit=1`);
  expect((await member.call('GET', `${path}?cursor=${body.next_cursor}`)).status).toBe(400);
  expect((await member.call('GET', path)).body.items).toHaveLength(5);
});

test('I10 the lists that take no query answer the same whatever stands in it', async () => {
  const [owner, other] = [await newOwner(project), await newOwner(project)];
  for (const path of [`/v1/orgs/${owner.org.id}/members`, '/v1/orgs', '/v1/me', `/v1/orgs/${owner.org.id}`]) {
    const { body } = await owner.call('GET', path);
    for (const query of [`org_id=${other.org.id}`, `org_id[]=${other.org.id}`, 'limit=0', `user_id=${other.userId}`]) {
      expect((await owner.call('GET', `${path}?${query}`)).body).toEqual(body);
    }
  }
});
