import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  policy('open');
  owner = await newOwner(project);
});

function policy(signup: string, orgCreation = 'anyone'): void {
  setConfig({
    SUPABASE_URL: project.url,
    SUPABASE_ANON_KEY: project.anonKey,
    SUPABASE_JWT_SECRET: project.secret,
    PANDASTACK_SIGNUP: signup,
    PANDASTACK_ORG_CREATION: orgCreation,
    ...(signup === 'domains' ? { PANDASTACK_SIGNUP_DOMAINS: 'acme.example,acme.test' } : {}),
  });
}

const at = (domain: string) => newPerson(project, { email: `${randomUUID()}@${domain}` });
const found = (person: Person) => person.call('POST', '/v1/orgs', { name: 'New' });

/** A link for this address, made while the policy still allowed its maker everything. */
async function inviteFor(email: string): Promise<string> {
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email });
  return `/v1/orgs/invites/${body.token}/accept`;
}

test('thirty newcomers whom a closed server refuses at once get their answer, and hold up nobody', async () => {
  const people = Array.from({ length: 30 }, () => at('acme.example'));
  const links = await Promise.all(people.map(({ email }) => inviteFor(email)));
  policy('closed');
  const answers = await Promise.all(people.map((person, index) => person.call('POST', links[index] ?? '')));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['403 signup_not_allowed']));
});

describe.each([
  // [policy, domain of the newcomer, may found an org, may accept an invite]
  ['open', 'elsewhere.example', true, true],
  ['invite_only', 'elsewhere.example', false, true],
  ['domains', 'acme.example', true, true],
  ['domains', 'ACME.Test', true, true],
  ['domains', 'elsewhere.example', false, true],
  ['domains', 'sub.acme.example', false, true],
  ['domains', 'notacme.example', false, true],
  ['domains', 'acme.example.evil.test', false, true],
  ['closed', 'acme.example', false, false],
])('PANDASTACK_SIGNUP=%s and a newcomer at %s', (signup, domain, mayFound, mayAccept) => {
  test(`founding an org is ${mayFound ? 'allowed' : 'refused'}`, async () => {
    const person = at(domain);
    policy(signup);
    const before = await tableChecksum();
    const { status, body } = await found(person);
    expect([status, body.code]).toEqual(mayFound ? [201, undefined] : [403, 'signup_not_allowed']);
    if (!mayFound) expect(await tableChecksum()).toBe(before);
  });

  test(`accepting an invite is ${mayAccept ? 'allowed' : 'refused'}`, async () => {
    const person = at(domain);
    const accept = await inviteFor(person.email);
    policy(signup);
    const before = await tableChecksum();
    const { status, body } = await person.call('POST', accept);
    expect([status, body.code]).toEqual(mayAccept ? [200, undefined] : [403, 'signup_not_allowed']);
    if (!mayAccept) expect(await tableChecksum()).toBe(before);
  });

  test('who they are is told, and nothing of anybody else', async () => {
    const person = at(domain);
    policy(signup);
    expect((await person.call('GET', '/v1/me')).body).toMatchObject({ user_id: person.userId, orgs: [] });
    expect((await person.call('GET', '/v1/orgs')).body).toEqual([]);
    expect((await person.call('GET', `/v1/orgs/${owner.org.id}`)).status).toBe(404);
  });
});

test('a domain counts only when the auth server says the address is proven today', async () => {
  const person = newPerson(project, { email: `${randomUUID()}@acme.example` });
  const known = project.accounts.get(person.token);
  project.accounts.set(person.token, { status: 200, body: { ...known?.body, email: 'now@elsewhere.example' } });
  policy('domains');
  expect((await found(person)).body.code).toBe('signup_not_allowed');
});

test.each(['invite_only', 'domains', 'closed'])('under %s the members there are stay members everywhere', async (signup) => {
  const other = await newOwner(project);
  const accept = (await other.call('POST', `/v1/orgs/${other.org.id}/invites`, { email: owner.email })).body.token;
  policy(signup);
  expect((await owner.call('GET', `/v1/orgs/${owner.org.id}`)).status).toBe(200);
  expect((await owner.call('POST', `/v1/orgs/invites/${accept}/accept`)).status).toBe(200);
  expect((await found(owner)).status).toBe(201);
});

test('PANDASTACK_ORG_CREATION counts beside it', async () => {
  policy('open', 'nobody');
  expect((await found(owner)).body.code).toBe('org_creation_disabled');
  policy('open', 'owners');
  expect((await found(newPerson(project))).body.code).toBe('org_creation_disabled');
  expect((await found(owner)).status).toBe(201);
});
