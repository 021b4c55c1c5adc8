import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
let person: Person;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  person = newPerson(project);
});
afterAll(() => project.close());

describe('N08 a slug', () => {
  test.each([
    'a',
    'ａdmin',
    'a\u200Bbc',
    '🐼🐼🐼',
    'ab\u0000c',
    'x'.repeat(64),
    "x'; drop table orgs; --",
    'a%00b',
    ' abc ',
    'abc\n',
  ])('is not %j', async (slug) => {
    const before = await tableChecksum();
    const { status, body } = await person.call('POST', '/v1/orgs', { name: 'Named', slug });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(await tableChecksum()).toBe(before);
  });

  test('is as short as 3 and as long as 40 characters', async () => {
    const { call } = newPerson(project);
    for (const slug of ['a1b', `a-${'b'.repeat(38)}`]) {
      expect((await call('POST', '/v1/orgs', { name: 'Named', slug })).body.slug).toBe(slug);
    }
  });
});

describe('N09 an org whose name is taken, or the id or address of its founder', () => {
  const names: [string, (first: Person & { org: { id: string; slug: string } }) => string][] = [
    ['the slug of another', ({ org }) => org.slug],
    ['the id of another', ({ org }) => org.id],
    ['the address of its owner', ({ email }) => email],
    ['the user id of its owner', ({ userId }) => userId],
    ['a reserved word', () => 'Admin'],
    ['nothing a slug may hold', () => '熊猫'],
  ];

  test.each(names)('%s: is a fresh one with a slug of its own', async (_title, nameOf) => {
    const first = await newOwner(project);
    const { status, body } = await newPerson(project).call('POST', '/v1/orgs', { name: nameOf(first) });
    expect(status).toBe(201);
    expect(body.id).not.toBe(first.org.id);
    expect(body.slug).not.toBe(first.org.slug);
    expect(body.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(body.slug.length).toBeLessThanOrEqual(40);
    expect((await first.call('GET', `/v1/orgs/${first.org.id}/members`)).body).toHaveLength(1);
  });
});

test('I12 that a slug is taken says nothing of the org that has it', async () => {
  const first = await newOwner(project);
  const { status, body } = await person.call('POST', '/v1/orgs', { name: 'Mine', slug: first.org.slug });
  expect([status, body.code]).toEqual([409, 'slug_taken']);
  for (const told of [first.org.id, first.userId, first.email]) expect(JSON.stringify(body)).not.toContain(told);
});

test('I06 nothing but the id of an org of one’s own becomes the current one', async () => {
  const [first, second] = [await newOwner(project), await newOwner(project)];
  const before = await tableChecksum();
  const choose = async (body: unknown) => (await first.call('POST', '/v1/me/current-org', body)).body.code;
  expect(await choose({ org_id: second.org.id })).toBe('not_a_member');
  for (const org_id of [null, [second.org.id, first.org.id], { $ne: '' }, '', first.org.slug, 1, `${first.org.id} `]) {
    expect(await choose({ org_id })).toBe('validation_failed');
  }
  expect(await choose({})).toBe('validation_failed');
  expect(await choose({ org_id: first.org.id, user_id: second.userId })).toBe('validation_failed');
  expect(await tableChecksum()).toBe(before);
});

test.each(['\u2066x', 'a\u2067b', '\u200b', 'a\u2028b', '\uFEFF', ' \t ', `a${'\u0301'.repeat(10_000)}`])(
  'N10 %j is no name, neither for a new org nor for one that is there',
  async (name) => {
    const owner = await newOwner(project);
    const before = await tableChecksum();
    expect((await owner.call('POST', '/v1/orgs', { name })).body.code).toBe('validation_failed');
    expect((await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { name })).body.code).toBe('validation_failed');
    expect(await tableChecksum()).toBe(before);
  },
);

test('N10 markup in a name is kept as the text it is', async () => {
  const name = '<script>alert(1)</script> "&amp;';
  expect((await newPerson(project).call('POST', '/v1/orgs', { name })).body.name).toBe(name);
});
