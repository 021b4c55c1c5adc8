import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { config } from '@/lib/config';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

const projectEnv = () => ({ SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret });

describe('GET /v1/me', () => {
  test('tells a newcomer their id and that they belong nowhere, and writes nothing', async () => {
    const person = newPerson(project);
    for (let i = 0; i < 2; i++) {
      const { status, body } = await person.call('GET', '/v1/me');
      expect(status).toBe(200);
      expect(body).toEqual({ user_id: person.userId, email: person.email, current_org: null, orgs: [], auth_method: 'jwt' });
    }
  });

  test('names the org last chosen as the current one', async () => {
    const owner = await newOwner(project);
    const second = (await owner.call('POST', '/v1/orgs', { name: 'Second home' })).body;
    expect((await owner.call('GET', '/v1/me')).body.current_org.id).toBe(second.id);
    expect((await owner.call('POST', '/v1/me/current-org', { org_id: owner.org.id })).body).toEqual({ org_id: owner.org.id });
    const { body } = await owner.call('GET', '/v1/me');
    expect(body.current_org.id).toBe(owner.org.id);
    expect(body.orgs).toHaveLength(2);
  });

  test('carries the headers every answer carries', async () => {
    const { headers } = await newPerson(project).call('GET', '/v1/me', undefined, { 'x-request-id': 'asked-for-0001' });
    expect(headers.get('x-request-id')).toBe('asked-for-0001');
    expect(headers.get('cache-control')).toContain('no-store');
    const { headers: other } = await newPerson(project).call('GET', '/v1/me', undefined, {
      'x-request-id': 'with spaces and \u001b[31m'.slice(0, 11),
    });
    expect(other.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('who is calling', () => {
  test.each([
    ['no credential', null, 'missing_token'],
    ['the local development token', 'pds_local_dev_token', 'local_token_refused'],
    ['a publishable key', 'sb_publishable_0123456789', 'api_key_used'],
    ['a secret key', 'sb_secret_0123456789', 'api_key_used'],
    ['an unknown API token', 'pds_000000000000000000000000000000000000', 'invalid_api_token'],
    ['a bare prefix', 'pds_', 'invalid_api_token'],
    ['a wildcard', 'pds_%', 'invalid_api_token'],
    ['a word', 'hello', 'invalid_token'],
  ])('%s is told %s', async (_title, credential, code) => {
    const { status, body, headers } = await callAs(credential)('GET', '/v1/me');
    expect([status, body.code]).toEqual([401, code]);
    expect(body).toMatchObject({ error: expect.any(String), hint: expect.any(String), request_id: headers.get('x-request-id') });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  test('credentials in the query string or a cookie are not looked at', async () => {
    const { token } = newPerson(project);
    const { body } = await callAs(null)('GET', `/v1/me?access_token=${token}`, undefined, { cookie: `sb-access-token=${token}` });
    expect(body.code).toBe('missing_token');
  });

  test.each(['Basic abc', 'Token abc', 'JWT abc', 'Bearer a b'])('the scheme "%s" is refused', async (authorization) => {
    const { status, body } = await callAs(null)('GET', '/v1/me', undefined, { authorization });
    expect([status, body.code]).toEqual([401, 'invalid_token']);
  });

  test('identity headers change nothing', async () => {
    const owner = await newOwner(project);
    const person = newPerson(project);
    const forged = {
      'x-pandastack-user-id': owner.userId,
      'x-pandastack-org-id': owner.org.id,
      'x-fcs-workspace': 'admin',
      'x-stub-user': owner.email,
    };
    expect((await person.call('GET', '/v1/me', undefined, forged)).body).toMatchObject({ user_id: person.userId, orgs: [] });
  });
});

describe('POST /v1/orgs', () => {
  test('makes the caller its owner and gives it a slug from its name', async () => {
    const person = newPerson(project);
    const { status, body } = await person.call('POST', '/v1/orgs', { name: '  Ünïcode Räder GmbH ' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Ünïcode Räder GmbH',
      slug: 'unicode-rader-gmbh',
      role: 'owner',
      owner_user_id: person.userId,
    });
    expect((await person.call('GET', '/v1/orgs')).body).toEqual([body]);
    expect((await person.call('GET', `/v1/orgs/${body.slug}`)).body).toEqual(body);
  });

  test('gives a taken name another slug and a fresh org', async () => {
    const first = (await newPerson(project).call('POST', '/v1/orgs', { name: 'Twins Ltd' })).body;
    const second = (await newPerson(project).call('POST', '/v1/orgs', { name: 'Twins Ltd' })).body;
    expect(second.id).not.toBe(first.id);
    expect(second.slug).toMatch(/^twins-ltd-[a-z0-9]{5}$/);
  });

  test('of fifty who ask for one slug at once, one gets it', async () => {
    const people = Array.from({ length: 50 }, () => newPerson(project));
    const answers = await Promise.all(people.map(({ call }) => call('POST', '/v1/orgs', { name: 'Race', slug: 'the-one-slug' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(49).fill(409)]);
    expect(answers.filter(({ body }) => body.code === 'slug_taken')).toHaveLength(49);
    const members = await Promise.all(people.map(async ({ call }) => (await call('GET', '/v1/orgs')).body.length));
    expect(members.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  test('nobody but the awaited owner founds the org that operates the server, by its slug or by a name that makes it', async () => {
    const before = config().operatorOrg;
    config().operatorOrg = 'head-office';
    onTestFinished(() => {
      config().operatorOrg = before;
    });
    const stranger = newPerson(project);
    const asked = await stranger.call('POST', '/v1/orgs', { name: 'Mine', slug: 'head-office' });
    expect([asked.status, asked.body.code]).toEqual([409, 'slug_reserved']);
    const { body } = await stranger.call('POST', '/v1/orgs', { name: 'Head Office' });
    expect(body.slug).toMatch(/^head-office-[a-z0-9]{5}$/);
  });

  test.each(['admin', 'default', 'api', 'login', 'v1', 'www', 'new', 'null'])('refuses the reserved slug "%s"', async (slug) => {
    const { status, body } = await newPerson(project).call('POST', '/v1/orgs', { name: 'Named', slug });
    expect([status, body.code]).toEqual(slug === 'v1' ? [400, 'validation_failed'] : [409, 'slug_reserved']);
  });

  test.each([
    'Admin',
    '-a-b',
    'a-b-',
    'a--b',
    'ab',
    'a'.repeat(41),
    'аdmin',
    'a_b',
    '_next',
    '.well-known',
    '../x',
    'xn--abc',
    'a b',
    "a'--",
    '',
    '123e4567-e89b-12d3-a456-426614174000',
  ])('refuses the slug "%s"', async (slug) => {
    const { status, body } = await newPerson(project).call('POST', '/v1/orgs', { name: 'Named', slug });
    expect([status, body.code, body.fields[0].path]).toEqual([400, 'validation_failed', 'slug']);
  });

  test.each(['', '   ', 'x'.repeat(81), 'a\u0000b', 'a\u202Eb', 'a\nb', `a${'\u0301'.repeat(20)}`, 7, null, ['a'], { $ne: '' }])(
    'refuses the name %j',
    async (name) => {
      const { status, body } = await newPerson(project).call('POST', '/v1/orgs', { name });
      expect([status, body.code]).toEqual([400, 'validation_failed']);
    },
  );

  test('refuses fields it does not know, the prototype among them', async () => {
    const { call } = newPerson(project);
    expect((await call('POST', '/v1/orgs', { name: 'A', owner_user_id: 'x' })).body.code).toBe('validation_failed');
    expect((await call('POST', '/v1/orgs', '{"name":"A","__proto__":{"role":"owner"}}')).body.code).toBe('validation_failed');
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test('refuses bodies that are no JSON, of another type, or too large', async () => {
    const { call } = newPerson(project);
    expect((await call('POST', '/v1/orgs', '{')).body.code).toBe('invalid_json');
    expect((await call('POST', '/v1/orgs', 'name=A', { 'content-type': 'application/x-www-form-urlencoded' })).body.code).toBe(
      'unsupported_media_type',
    );
    expect(
      (await call('POST', '/v1/orgs', '{"name":"A"}', { 'content-type': 'application/json; charset=utf-7' })).body.code,
    ).toBe('unsupported_media_type');
    expect((await call('POST', '/v1/orgs', JSON.stringify({ name: 'x'.repeat(70_000) }))).body.code).toBe('payload_too_large');
    expect((await call('GET', '/v1/orgs')).body).toEqual([]);
  });

  test('follows the policy of the operator', async () => {
    const owner = await newOwner(project);
    const stranger = newPerson(project);
    setConfig({ ...projectEnv(), PANDASTACK_ORG_CREATION: 'owners' });
    expect((await owner.call('POST', '/v1/orgs', { name: 'Another' })).status).toBe(201);
    expect((await stranger.call('POST', '/v1/orgs', { name: 'Mine' })).body.code).toBe('org_creation_disabled');
    setConfig({ ...projectEnv(), PANDASTACK_ORG_CREATION: 'nobody' });
    expect((await owner.call('POST', '/v1/orgs', { name: 'Another' })).body.code).toBe('org_creation_disabled');
    setConfig(projectEnv());
  });
});

describe('an outsider', () => {
  test('I01 I02 cannot tell an org of others from one that does not exist', async () => {
    const owner = await newOwner(project);
    const outsider = newPerson(project);
    const told = async (path: string) => {
      const { status, body } = await outsider.call('GET', path);
      return { status, ...body, request_id: '' };
    };
    const missing = await told(`/v1/orgs/${crypto.randomUUID()}`);
    expect(missing).toMatchObject({ status: 404, code: 'org_not_found' });
    expect(await told(`/v1/orgs/${owner.org.id}`)).toEqual(missing);
    expect(await told(`/v1/orgs/${owner.org.slug}`)).toEqual(missing);
  });

  test('cannot make such an org their current one, nor name it by header', async () => {
    const owner = await newOwner(project);
    const outsider = newPerson(project);
    for (const org of [owner.org.id, crypto.randomUUID()]) {
      expect((await outsider.call('POST', '/v1/me/current-org', { org_id: org })).body.code).toBe('not_a_member');
      expect((await outsider.call('GET', '/v1/me/tokens', undefined, { 'x-pandastack-org': org })).body.code).toBe(
        'not_a_member',
      );
    }
    expect((await outsider.call('POST', '/v1/me/current-org', { org_id: { $ne: '' } })).body.code).toBe('validation_failed');
  });

  test('meets 404, never 500, on paths made of anything', async () => {
    const { call } = newPerson(project);
    for (const org of ['%00', '..%2f..', "x'%20or%201=1", '%F0%9F%90%BC', 'x'.repeat(500), '%3Cscript%3E']) {
      expect((await call('GET', `/v1/orgs/${org}`)).status).toBe(404);
    }
  });
});

test('a rename is for managers, and leaves the slug as it is', async () => {
  const owner = await newOwner(project);
  const member = newPerson(project);
  await join(owner, member);
  expect((await member.call('PATCH', `/v1/orgs/${owner.org.id}`, { name: 'Theirs' })).body.code).toBe('forbidden');
  const { body } = await owner.call('PATCH', `/v1/orgs/${owner.org.slug}`, { name: 'New name' });
  expect(body).toMatchObject({ name: 'New name', slug: owner.org.slug });
  expect((await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { slug: 'other' })).body.code).toBe('validation_failed');
});

test('an unknown path is JSON 404 and a wrong method 405 with what is allowed', async () => {
  const { call } = newPerson(project);
  expect((await call('GET', '/v1/nothing/here')).body.code).toBe('not_found');
  const wrong = await call('DELETE', '/v1/orgs');
  expect([wrong.status, wrong.body.code]).toEqual([405, 'method_not_allowed']);
  expect(wrong.headers.get('allow')).toContain('POST');
});
