import { inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgMembers } from '@/db/schema';
import { join } from '@/e2e/support/test-people';
import { rounds } from './support/rounds';
import { tally, twoReplicas } from './support/two-replicas';

const { newFounder, newRacer } = twoReplicas();

test('X10 fifty people ask for one slug: one founds the org, the others found nothing', () =>
  rounds(
    async () => {
      const slug = `wanted-${newRacer().userId.slice(0, 13)}`;
      const people = Array.from({ length: 50 }, () => newRacer());
      const answers = await Promise.all(people.map(({ call }) => call('POST', '/v1/orgs', { name: 'Wanted', slug })));
      expect(tally(answers)).toEqual({ '201': 1, '409 slug_taken': 49 });
      const winner = people[answers.findIndex(({ status }) => status === 201)];
      const ids = people.map(({ userId }) => userId);
      const rows = await db().select({ userId: orgMembers.userId }).from(orgMembers).where(inArray(orgMembers.userId, ids));
      expect(rows).toEqual([{ userId: winner?.userId }]);
    },
    { abreast: 2 },
  ));

test('an org deleted while its people invite, mint, revoke, choose it and leave: nothing of it stays, nobody meets a 5xx', () =>
  rounds(async () => {
    const owner = await newFounder();
    const [admin, member] = [newRacer(), newRacer()];
    await Promise.all([join(owner, admin, 'admin'), join(owner, member)]);
    const path = `/v1/orgs/${owner.org.id}`;
    const open = (await admin.call('POST', `${path}/invites`, { email: newRacer().email })).body;
    const live = (await member.call('POST', `${path}/tokens`, { label: 'ci' })).body;
    const [deleted, ...others] = await Promise.all([
      owner.on[0]('DELETE', path, { confirm: owner.org.slug }),
      admin.on[1]('POST', `${path}/invites`, { email: newRacer().email }),
      admin.on[0]('DELETE', `${path}/invites/${open.id}`),
      admin.on[1]('PATCH', path, { name: 'Renamed' }),
      admin.on[0]('DELETE', `${path}/tokens/${live.id}`),
      member.on[1]('POST', `${path}/tokens`, { label: 'late' }),
      member.on[0]('POST', '/v1/me/current-org', { org_id: owner.org.id }),
      member.on[1]('DELETE', `${path}/members/${member.userId}`),
    ]);
    expect(deleted?.status).toBe(204);
    expect(others.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await admin.on[1]('GET', path)).status).toBe(404);
  }));
