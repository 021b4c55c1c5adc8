import { describe, expect, test } from 'vitest';
import { join } from '@/e2e/support/test-people';
import { brokenRules } from './support/broken-rules';
import { rounds } from './support/rounds';
import { type Founder, type Racer, tally, twoReplicas } from './support/two-replicas';

const { newFounder, newRacer } = twoReplicas();

const member = (org: Founder['org'], { userId }: Racer) => `/v1/orgs/${org.id}/members/${userId}`;

async function twoOwners() {
  const first = await newFounder();
  const second = newRacer();
  await join(first, second, 'admin');
  expect((await first.call('PATCH', member(first.org, second), { role: 'owner' })).status).toBe(200);
  return { org: first.org, first, second };
}

async function ownersOf({ org, on: [, seen] }: Founder): Promise<string[]> {
  const { body } = await seen('GET', `/v1/orgs/${org.id}/members`);
  return body.filter(({ role }: { role: string }) => role === 'owner').map(({ user_id }: { user_id: string }) => user_id);
}

describe('two owners', () => {
  test('R08 who remove each other: one succeeds and is the owner', () =>
    rounds(
      async () => {
        const { org, first, second } = await twoOwners();
        const answers = await Promise.all([
          first.on[0]('DELETE', member(org, second)),
          second.on[1]('DELETE', member(org, first)),
        ]);
        expect(tally(answers)).toEqual({ '204': 1, '404 org_not_found': 1 });
        const winner = answers[0].status === 204 ? first : second;
        expect(await ownersOf({ ...winner, org })).toEqual([winner.userId]);
      },
      { times: 5, short: 4 },
    ));

  test('R09 who both step down: one does, the last stays', () =>
    rounds(
      async (round) => {
        const { org, first, second } = await twoOwners();
        const leaves = round % 2 === 1;
        const stepDown = (person: Racer, call: Racer['call']) =>
          leaves ? call('DELETE', member(org, person)) : call('PATCH', member(org, person), { role: 'member' });
        const answers = await Promise.all([stepDown(first, first.on[0]), stepDown(second, second.on[1])]);
        expect(tally(answers)).toEqual({ [leaves ? '204' : '200']: 1, '409 last_owner': 1 });
        const last = answers[0].status === 409 ? first : second;
        expect(await ownersOf({ ...last, org })).toEqual([last.userId]);
      },
      { times: 5, short: 4 },
    ));

  test('X08 who demote each other: one wins', () =>
    rounds(async () => {
      const { org, first, second } = await twoOwners();
      const answers = await Promise.all([
        first.on[0]('PATCH', member(org, second), { role: 'member' }),
        second.on[1]('PATCH', member(org, first), { role: 'member' }),
      ]);
      expect(tally(answers)).toEqual({ '200': 1, '403 forbidden': 1 });
      const winner = answers[0].status === 200 ? first : second;
      expect(await ownersOf({ ...winner, org })).toEqual([winner.userId]);
    }));
});

test('X09 of five transfers to five people one happens, and the org names its owner', () =>
  rounds(async () => {
    const owner = await newFounder();
    const heirs = Array.from({ length: 5 }, () => newRacer());
    await Promise.all(heirs.map((heir) => join(owner, heir)));
    const answers = await Promise.all(
      heirs.map(({ userId }) => owner.call('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: userId })),
    );
    expect(tally(answers)).toEqual({ '200': 1, '403 forbidden': 4 });
    const heir = heirs[answers.findIndex(({ status }) => status === 200)];
    expect(await ownersOf(owner)).toEqual([heir?.userId]);
    expect((await owner.on[1]('GET', `/v1/orgs/${owner.org.id}`)).body).toMatchObject({
      owner_user_id: heir?.userId,
      role: 'admin',
    });
  }));

test('the owner an org names goes over to another when they step down, are removed, or leave', () =>
  rounds(async (round) => {
    const { org, first, second } = await twoOwners();
    const ways = [
      () => second.call('PATCH', member(org, first), { role: 'admin' }),
      () => second.call('DELETE', member(org, first)),
      () => first.call('DELETE', member(org, first)),
    ];
    expect((await ways[round % ways.length]?.())?.status).toBeLessThan(300);
    expect((await second.on[0]('GET', `/v1/orgs/${org.id}`)).body.owner_user_id).toBe(second.userId);
  }));

test('an admin who renames the org while they are demoted, removed or made owner: both happen or the rename is refused', () =>
  rounds(async (round) => {
    const owner = await newFounder();
    const admin = newRacer();
    await join(owner, admin, 'admin');
    const ways = [
      () => owner.on[0]('PATCH', member(owner.org, admin), { role: 'member' }),
      () => owner.on[0]('DELETE', member(owner.org, admin)),
      () => owner.on[0]('POST', `/v1/orgs/${owner.org.id}/transfer`, { user_id: admin.userId }),
    ];
    const [change, ...renames] = await Promise.all([
      ways[round % ways.length]?.(),
      ...Array.from({ length: 10 }, (_, index) => admin.on[1]('PATCH', `/v1/orgs/${owner.org.id}`, { name: `Name ${index}` })),
    ]);
    expect(change?.status).toBeLessThan(300);
    expect(renames.filter(({ status }) => status !== 200 && status !== 403 && status !== 404)).toEqual([]);
  }));

test('somebody who chooses an org while they are removed from it is left without a pointer to it', () =>
  rounds(async () => {
    const owner = await newFounder();
    const person = newRacer();
    await join(owner, person);
    const [removal, ...choices] = await Promise.all([
      owner.on[0]('DELETE', member(owner.org, person)),
      ...Array.from({ length: 10 }, () => person.call('POST', '/v1/me/current-org', { org_id: owner.org.id })),
    ]);
    expect(removal?.status).toBe(204);
    expect(choices.filter(({ status }) => status !== 200 && status !== 403)).toEqual([]);
    expect(await brokenRules()).toEqual([]);
  }));
