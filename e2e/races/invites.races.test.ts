import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox, orgMembers } from '@/db/schema';
import { join } from '@/e2e/support/test-people';
import { rounds } from './support/rounds';
import { type Founder, type Racer, tally, twoReplicas } from './support/two-replicas';

const { newFounder, newRacer } = twoReplicas();

async function invite(inviter: Racer, { id }: Founder['org'], email: string, role = 'member') {
  const { status, body } = await inviter.call('POST', `/v1/orgs/${id}/invites`, { email, role });
  expect(status).toBe(201);
  return { id: body.id as string, accept: `/v1/orgs/invites/${body.token}/accept` };
}

async function memberIds({ id }: Founder['org']): Promise<string[]> {
  const rows = await db().select({ userId: orgMembers.userId }).from(orgMembers).where(eq(orgMembers.orgId, id));
  return rows.map(({ userId }) => userId);
}

async function events({ id }: Founder['org'], action: string): Promise<number> {
  return db().$count(auditOutbox, and(eq(auditOutbox.orgId, id), eq(sql`${auditOutbox.payload} ->> 'action'`, action)));
}

describe('one invite', () => {
  test('X01 accepted fifty times at once by one person makes one membership and leaves one trace', () =>
    rounds(
      async () => {
        const owner = await newFounder();
        const person = newRacer();
        const { accept } = await invite(owner, owner.org, person.email);
        const answers = await Promise.all(Array.from({ length: 50 }, () => person.call('POST', accept)));
        expect(tally(answers)).toEqual({ '200': 1, '410 invite_used': 49 });
        expect((await memberIds(owner.org)).toSorted()).toEqual([owner.userId, person.userId].toSorted());
        expect([await events(owner.org, 'invite.accepted'), await events(owner.org, 'member.joined')]).toEqual([1, 1]);
      },
      { abreast: 2 },
    ));

  test('X02 accepted at once by twenty accounts of one address lets one in', () =>
    rounds(async () => {
      const owner = await newFounder();
      const first = newRacer();
      const twins = [first, ...Array.from({ length: 19 }, () => newRacer({ email: first.email }))];
      const { accept } = await invite(owner, owner.org, first.email);
      const answers = await Promise.all(twins.map((twin) => twin.call('POST', accept)));
      expect(tally(answers)).toEqual({ '200': 1, '410 invite_used': 19 });
      const winner = twins[answers.findIndex(({ status }) => status === 200)];
      expect((await memberIds(owner.org)).toSorted()).toEqual([owner.userId, winner?.userId].toSorted());
    }));

  test('V32 accepted in two tabs makes one membership, and the second tab sees it was accepted', () =>
    rounds(async () => {
      const owner = await newFounder();
      const person = newRacer();
      const { accept } = await invite(owner, owner.org, person.email);
      const answers = await Promise.all(person.on.map((tab) => tab('POST', accept)));
      expect(tally(answers)).toEqual({ '200': 1, '410 invite_used': 1 });
      const preview = accept.replace('/v1/orgs/invites/', '/v1/invites/').replace('/accept', '');
      expect((await person.on[1]('GET', preview)).body.state).toBe('accepted');
      expect(await memberIds(owner.org)).toHaveLength(2);
    }));

  test('accepted while it is sent anew: either the old link worked or the new one does, never both', () =>
    rounds(async () => {
      const owner = await newFounder();
      const person = newRacer();
      const { id, accept } = await invite(owner, owner.org, person.email);
      const [accepted, resent] = await Promise.all([
        person.on[0]('POST', accept),
        owner.on[1]('POST', `/v1/orgs/${owner.org.id}/invites/${id}/resend`),
      ]);
      const outcome = `${accepted?.status} ${resent?.status}`;
      expect(['200 404', '404 200', '410 200']).toContain(outcome);
      expect(await memberIds(owner.org)).toHaveLength(accepted?.status === 200 ? 2 : 1);
    }));

  test('answered in every way at once gets one answer', () =>
    rounds(async () => {
      const owner = await newFounder();
      const person = newRacer();
      const { id, accept } = await invite(owner, owner.org, person.email);
      const answers = await Promise.all([
        person.on[0]('POST', accept),
        person.on[1]('POST', accept.replace('/accept', '/decline')),
        owner.on[0]('DELETE', `/v1/orgs/${owner.org.id}/invites/${id}`),
      ]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      expect(await memberIds(owner.org)).toHaveLength(answers[0].status === 200 ? 2 : 1);
    }));
});

test('X04 accepting while the org is deleted leaves no membership behind', () =>
  rounds(async () => {
    const owner = await newFounder();
    const person = newRacer();
    const { accept } = await invite(owner, owner.org, person.email);
    const [accepted, deleted] = await Promise.all([
      person.on[0]('POST', accept),
      owner.on[1]('DELETE', `/v1/orgs/${owner.org.id}`, { confirm: owner.org.slug }),
    ]);
    expect(deleted?.status).toBe(204);
    expect([200, 404]).toContain(accepted?.status);
    expect(await memberIds(owner.org)).toEqual([]);
    expect((await person.on[1]('GET', '/v1/me')).body.orgs).toEqual([]);
  }));

describe('X05 accepting while', () => {
  test('the same person is removed ends as if one came after the other', () =>
    rounds(async () => {
      const owner = await newFounder();
      const person = newRacer();
      const { accept } = await invite(owner, owner.org, person.email);
      const [accepted, removed] = await Promise.all([
        person.on[0]('POST', accept),
        owner.on[1]('DELETE', `/v1/orgs/${owner.org.id}/members/${person.userId}`),
      ]);
      expect(accepted?.status).toBe(200);
      expect([204, 404]).toContain(removed?.status);
      expect((await memberIds(owner.org)).includes(person.userId)).toBe(removed?.status === 404);
    }));

  test('the inviter is removed or demoted lets nobody in by their word afterwards', () =>
    rounds(async (round) => {
      const owner = await newFounder();
      const [admin, person] = [newRacer(), newRacer()];
      await join(owner, admin, 'admin');
      const { accept } = await invite(admin, owner.org, person.email);
      const path = `/v1/orgs/${owner.org.id}/members/${admin.userId}`;
      const [accepted, ended] = await Promise.all([
        person.on[0]('POST', accept),
        round % 2 === 0 ? owner.on[1]('DELETE', path) : owner.on[1]('PATCH', path, { role: 'member' }),
      ]);
      expect(ended?.status).toBeLessThan(300);
      expect([200, 410]).toContain(accepted?.status);
      expect((await memberIds(owner.org)).includes(person.userId)).toBe(accepted?.status === 200);
      // Once it has ended, the link is dead for good.
      expect((await person.on[1]('POST', accept)).status).toBe(410);
    }));
});

test('X12 one address invited thirty times at once by three admins has one live invite', () =>
  rounds(
    async () => {
      const owner = await newFounder();
      const admins = [owner, newRacer(), newRacer()];
      await Promise.all(admins.slice(1).map((admin) => join(owner, admin, 'admin')));
      const { email } = newRacer();
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          admins[index % 3]?.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: index % 2 ? email : email.toUpperCase() }),
        ).flatMap((call) => call ?? []),
      );
      expect(tally(answers)).toEqual({ '201': 1, '409 invite_exists': 29 });
      const { items } = (await owner.on[1]('GET', `/v1/orgs/${owner.org.id}/invites`)).body;
      const open = items.filter((one: { email: string; state: string }) => one.email === email && one.state === 'open');
      expect(open).toHaveLength(1);
    },
    // Thirty wait for one org's row on twenty connections: more rounds abreast would only wait for each other.
    { abreast: 1 },
  ));

test('an address invited while its holder accepts an earlier invite: no open invite for a member is left', () =>
  rounds(async () => {
    const owner = await newFounder();
    const person = newRacer();
    const { accept } = await invite(owner, owner.org, person.email);
    const path = `/v1/orgs/${owner.org.id}/invites`;
    const [accepted, ...again] = await Promise.all([
      person.on[0]('POST', accept),
      ...Array.from({ length: 4 }, () => owner.on[1]('POST', path, { email: person.email })),
    ]);
    expect(accepted?.status).toBe(200);
    expect(again.filter(({ status }) => status !== 409)).toEqual([]);
  }));
