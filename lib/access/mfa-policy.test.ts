import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { ordinaryClaims, signHs256, startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let strong: Person;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  strong = withLevel(owner, 'aal2');
});

/** The same account, signed in at another assurance level. */
function withLevel({ userId, email, token }: Person, aal: string | undefined): Person {
  const other = signHs256(ordinaryClaims(project.issuer, { sub: userId, email, aal, jti: randomUUID() }));
  const known = project.accounts.get(token);
  if (known) project.accounts.set(other, known);
  return { userId, email, token: other, call: callAs(other) };
}

const demand = (mfa_required: boolean) => strong.call('PATCH', `/v1/orgs/${owner.org.id}`, { mfa_required });

describe('J57 an org that asks for a second factor', () => {
  test.each([
    ['aal1', 403],
    ['aal2', 200],
    ['aal3', 403],
    ['aal9', 403],
    ['AAL2', 403],
    [undefined, 403],
  ])('a session at %s is answered %i', async (aal, status) => {
    expect((await demand(true)).status).toBe(200);
    const { status: got, body } = await withLevel(owner, aal).call('GET', `/v1/orgs/${owner.org.id}`);
    expect(got).toBe(status);
    if (status === 403) expect(body).toMatchObject({ code: 'insufficient_aal', hint: expect.stringContaining('/mfa') });
  });

  test('keeps a session at aal1 from every part of it, and changes nothing for it', async () => {
    await demand(true);
    const path = `/v1/orgs/${owner.org.id}`;
    const before = await tableChecksum();
    for (const [method, sub, body] of [
      ['GET', '/members'],
      ['GET', '/invites'],
      ['GET', '/tokens'],
      ['GET', '/audit-log'],
      ['PATCH', '', { name: 'Mine' }],
      ['POST', '/invites', { email: 'friend@example.com' }],
      ['POST', '/tokens', { label: 'ci' }],
      ['DELETE', `/members/${owner.userId}`],
    ] as const) {
      const answer = await owner.call(method, `${path}${sub}`, body);
      expect([method, sub, answer.body.code]).toEqual([method, sub, 'insufficient_aal']);
    }
    const current = await owner.call('GET', '/v1/me/tokens', undefined, { 'x-pandastack-org': owner.org.id });
    expect(current.body.code).toBe('insufficient_aal');
    expect(await tableChecksum()).toBe(before);
  });

  test('lets a person see who they are and which orgs wait for the second factor', async () => {
    await demand(true);
    const { status, body } = await owner.call('GET', '/v1/me');
    expect(status).toBe(200);
    expect(body.orgs).toMatchObject([{ id: owner.org.id, mfa_required: true }]);
  });

  test('tells outsiders no more than that there is no such org', async () => {
    await demand(true);
    expect((await newPerson(project).call('GET', `/v1/orgs/${owner.org.id}`)).body.code).toBe('org_not_found');
  });

  test('goes on serving the API tokens its people minted', async () => {
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });
    await demand(true);
    expect((await callAs(body.token)('GET', `/v1/orgs/${owner.org.id}`)).status).toBe(200);
  });

  test('can be left open again', async () => {
    await demand(true);
    expect((await demand(false)).body.mfa_required).toBe(false);
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}`)).status).toBe(200);
  });
});

describe('asking for a second factor', () => {
  test('takes an owner who has used one, so that nobody locks themselves out', async () => {
    const { status, body } = await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { mfa_required: true });
    expect([status, body.code]).toEqual([403, 'insufficient_aal']);
  });

  test('is for owners, not for admins', async () => {
    const admin = newPerson(project, { claims: { aal: 'aal2' } });
    await join(owner, admin, 'admin');
    const { status, body } = await admin.call('PATCH', `/v1/orgs/${owner.org.id}`, { mfa_required: true });
    expect([status, body.code]).toEqual([403, 'forbidden']);
  });

  test('and renaming in one request happen together or not at all', async () => {
    const { id } = owner.org;
    const name = (await owner.call('GET', `/v1/orgs/${id}`)).body.name;
    expect((await owner.call('PATCH', `/v1/orgs/${id}`, { name: 'Half', mfa_required: true })).status).toBe(403);
    expect((await owner.call('GET', `/v1/orgs/${id}`)).body.name).toBe(name);
    const { body } = await strong.call('PATCH', `/v1/orgs/${id}`, { name: 'Whole', mfa_required: true });
    expect(body).toMatchObject({ name: 'Whole', mfa_required: true });
  });

  test.each([[{}], [{ mfa_required: 'yes' }], [{ mfa_required: null }], [{ mfa_required: true, role: 'owner' }]])(
    'with %j is refused',
    async (body) => {
      expect((await strong.call('PATCH', `/v1/orgs/${owner.org.id}`, body)).body.code).toBe('validation_failed');
    },
  );
});
