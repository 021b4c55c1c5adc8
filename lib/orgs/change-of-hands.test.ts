import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

describe('transferring an org', () => {
  test('makes another member its owner and oneself an admin', async () => {
    const owner = await newOwner(project);
    const heir = newPerson(project);
    await join(owner, heir);
    const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: heir.userId });
    expect(status).toBe(200);
    expect(body).toMatchObject({ owner_user_id: heir.userId, role: 'admin' });
    expect((await heir.call('GET', `/v1/orgs/${owner.org.id}`)).body).toMatchObject({
      owner_user_id: heir.userId,
      role: 'owner',
    });
  });

  test('R10 goes to nobody who is not a member, and not to oneself', async () => {
    const owner = await newOwner(project);
    const [stranger, invited] = [newPerson(project), newPerson(project)];
    const anonymous = newPerson(project, { email: '', claims: { is_anonymous: true } });
    await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: invited.email });
    const before = await tableChecksum();
    for (const [userId, code] of [
      [stranger.userId, 'member_not_found'],
      [invited.userId, 'member_not_found'],
      [anonymous.userId, 'member_not_found'],
      [owner.userId, 'validation_failed'],
      ['', 'validation_failed'],
      ['nul\0', 'validation_failed'],
    ]) {
      const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: userId });
      expect(body.code).toBe(code);
    }
    expect(await tableChecksum()).toBe(before);
  });

  test('is for owners alone', async () => {
    const owner = await newOwner(project);
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    const { body } = await admin.call('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: admin.userId });
    expect(body.code).toBe('forbidden');
  });

  test('X09 of five at once ends with one owner, the one the org names', async () => {
    const owner = await newOwner(project);
    const heirs = Array.from({ length: 5 }, () => newPerson(project));
    for (const heir of heirs) await join(owner, heir);
    const answers = await Promise.all(
      heirs.map(({ userId }) => owner.call('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: userId })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const members = (await owner.call('GET', `/v1/orgs/${owner.org.id}/members`)).body as { user_id: string; role: string }[];
    const owners = members.filter(({ role }) => role === 'owner').map(({ user_id }) => user_id);
    expect(owners).toEqual([(await owner.call('GET', `/v1/orgs/${owner.org.id}`)).body.owner_user_id]);
  });
});

describe('deleting an org', () => {
  test('takes its slug, typed; any other text changes nothing', async () => {
    const owner = await newOwner(project);
    const path = `/v1/orgs/${owner.org.id}`;
    const before = await tableChecksum();
    for (const body of [{ confirm: owner.org.id }, { confirm: '' }, { confirm: owner.org.slug.toUpperCase() }, {}]) {
      expect((await owner.call('DELETE', path, body)).body.code).toBe('validation_failed');
    }
    expect(await tableChecksum()).toBe(before);
    expect((await owner.call('DELETE', path, { confirm: owner.org.slug })).status).toBe(204);
    expect((await owner.call('GET', path)).status).toBe(404);
  });

  test('K17 ends its tokens, and whoever takes the slug next gets nothing of it', async () => {
    const owner = await newOwner(project);
    const { token } = (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' })).body;
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}`, { confirm: owner.org.slug });
    const next = await newPerson(project).call('POST', '/v1/orgs', { name: 'Next', slug: owner.org.slug });
    expect(next.status).toBe(201);
    expect((await callAs(token)('GET', `/v1/orgs/${owner.org.slug}`)).body.code).toBe('invalid_api_token');
  });

  test('is for owners alone', async () => {
    const owner = await newOwner(project);
    const admin = newPerson(project);
    await join(owner, admin, 'admin');
    expect((await admin.call('DELETE', `/v1/orgs/${owner.org.id}`, { confirm: owner.org.slug })).body.code).toBe('forbidden');
  });
});

describe('POST /v1/me/email', () => {
  test('C36 writes the address the auth server vouches for to every membership, and leaves a trace in each org', async () => {
    const owner = await newOwner(project);
    await owner.call('POST', '/v1/orgs', { name: 'Second' });
    const known = project.accounts.get(owner.token);
    project.accounts.set(owner.token, { status: 200, body: { ...known?.body, email: `new-${owner.email}` } });
    const { status, body } = await owner.call('POST', '/v1/me/email');
    expect([status, body]).toEqual([200, { email: `new-${owner.email}` }]);
    const members = (await owner.call('GET', `/v1/orgs/${owner.org.id}/members`)).body;
    expect(members).toMatchObject([{ user_id: owner.userId, email: `new-${owner.email}` }]);
  });

  test('C36 keeps the old address until the new one is confirmed', async () => {
    const owner = await newOwner(project);
    const known = project.accounts.get(owner.token);
    project.accounts.set(owner.token, { status: 200, body: { ...known?.body, new_email: 'pending@example.com' } });
    expect((await owner.call('POST', '/v1/me/email')).body).toEqual({ email: owner.email });
  });
});
