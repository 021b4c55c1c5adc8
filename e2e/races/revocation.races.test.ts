import { expect, test } from 'vitest';
import { join } from '@/e2e/support/test-people';
import { rounds } from './support/rounds';
import { twoReplicas } from './support/two-replicas';

const { newFounder, newRacer, holding } = twoReplicas();

// Every right is read with the request that uses it, so nothing here waits: the very next request elsewhere is refused.
async function team() {
  const owner = await newFounder();
  const [admin, member] = [newRacer(), newRacer()];
  await Promise.all([join(owner, admin, 'admin'), join(owner, member)]);
  const path = `/v1/orgs/${owner.org.id}`;
  const mint = async ({ call }: Pick<typeof owner, 'call'>, role = 'member') => {
    const { body } = await call('POST', `${path}/tokens`, { label: 'ci', role });
    return { id: body.id as string, program: holding(body.token) };
  };
  return { owner, admin, member, path, mint };
}

test('I08 a member removed on one replica is refused by the other at once, in person and by their API token', () =>
  rounds(async () => {
    const { owner, member, path, mint } = await team();
    const { program } = await mint(member);
    // The other replica has seen both a moment before, whatever it may have kept.
    expect([(await member.on[1]('GET', path)).status, (await program.on[1]('GET', path)).status]).toEqual([200, 200]);
    expect((await owner.on[0]('DELETE', `${path}/members/${member.userId}`)).status).toBe(204);
    const [person, token] = await Promise.all([member.on[1]('GET', path), program.on[1]('GET', path)]);
    expect([person.body.code, token.body.code]).toEqual(['org_not_found', 'invalid_api_token']);
    expect((await member.on[1]('GET', '/v1/me')).body.orgs).toEqual([]);
  }));

test('K10 a token revoked on one replica is refused by the other at once', () =>
  rounds(async () => {
    const { member, path, mint } = await team();
    const { id, program } = await mint(member);
    expect((await program.on[1]('GET', '/v1/me')).status).toBe(200);
    expect((await member.on[0]('DELETE', `${path}/tokens/${id}`)).status).toBe(204);
    const { status, body } = await program.on[1]('GET', '/v1/me');
    expect([status, body.code]).toEqual([401, 'invalid_api_token']);
  }));

test('a role lowered on one replica lowers what the other allows at once, to the person and to their token', () =>
  rounds(async () => {
    const { owner, admin, path, mint } = await team();
    const { program } = await mint(admin, 'admin');
    expect((await admin.on[1]('GET', `${path}/invites`)).status).toBe(200);
    expect((await program.on[1]('GET', path)).body.role).toBe('admin');
    expect((await owner.on[0]('PATCH', `${path}/members/${admin.userId}`, { role: 'member' })).status).toBe(200);
    const answers = await Promise.all([
      admin.on[1]('POST', `${path}/invites`, { email: newRacer().email }),
      admin.on[1]('GET', `${path}/invites`),
      admin.on[1]('PATCH', path, { name: 'Mine' }),
      program.on[1]('GET', `${path}/audit-log`),
    ]);
    expect(answers.map(({ body }) => body.code)).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
    expect((await program.on[1]('GET', path)).body.role).toBe('member');
  }));

test('an org deleted on one replica is gone on the other at once, for its people and its tokens', () =>
  rounds(async () => {
    const { owner, member, path, mint } = await team();
    const { program } = await mint(member);
    expect([(await member.on[1]('GET', path)).status, (await program.on[1]('GET', path)).status]).toEqual([200, 200]);
    expect((await owner.on[0]('DELETE', path, { confirm: owner.org.slug })).status).toBe(204);
    const answers = await Promise.all([member.on[1]('GET', path), owner.on[1]('GET', path), program.on[1]('GET', path)]);
    expect(answers.map(({ body }) => body.code)).toEqual(['org_not_found', 'org_not_found', 'invalid_api_token']);
  }));
