import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { makeSetupCode } from '@/lib/setup/open-setup';
import { rounds } from './support/rounds';
import { tally, twoReplicas } from './support/two-replicas';

const { newRacer } = twoReplicas({ PANDASTACK_ORG_CREATION: 'owners', PANDASTACK_SIGNUP: 'invite_only' });

/** A server that awaits its first owner again, and the code that makes one. */
async function awaitOwner(): Promise<string> {
  await db().execute(sql`delete from orgs`);
  await db().execute(sql`update server_setup set closed_at = null, closed_by = null, closed_way = null`);
  const made = await makeSetupCode();
  return made?.code ?? '';
}

test('two people with the right code, at once on two replicas: one is the owner, the other is told that the setup is closed', () =>
  rounds(
    async () => {
      const code = await awaitOwner();
      const people = [newRacer(), newRacer()] as const;
      const answers = await Promise.all(
        people.map(({ on }, n) => on[n === 0 ? 0 : 1]('POST', '/v1/setup', { code, name: `Org ${n}` })),
      );
      expect(tally(answers)).toEqual({ '201': 1, '410 setup_closed': 1 });
      const winner = people[answers.findIndex(({ status }) => status === 201)];
      const members = await db().execute(sql`select user_id, role from org_members`);
      expect([...members]).toEqual([{ user_id: winner?.userId, role: 'owner' }]);
      const [setup] = await db().execute(sql`select closed_by, closed_way, code_hash from server_setup`);
      expect(setup).toEqual({ closed_by: winner?.userId, closed_way: 'setup', code_hash: null });
      // Whoever lost is still nobody, on either replica.
      const loser = people.find((person) => person !== winner);
      for (const call of loser?.on ?? []) expect((await call('GET', '/v1/orgs')).body).toEqual([]);
    },
    { abreast: 1, short: 5 },
  ));

test('twenty people, ten on each replica, half of them with a code that has ended: one owner', () =>
  rounds(
    async () => {
      const ended = await awaitOwner();
      const code = await awaitOwner();
      const people = Array.from({ length: 20 }, () => newRacer());
      const answers = await Promise.all(
        people.map(({ on }, n) =>
          on[n % 2 === 0 ? 0 : 1]('POST', '/v1/setup', { code: n < 10 ? code : ended, name: `Org ${n}` }),
        ),
      );
      const { '201': made, ...refused } = tally(answers);
      expect(made).toBe(1);
      for (const told of Object.keys(refused)) expect(['410 setup_closed', '403 setup_code_invalid']).toContain(told);
      const [count] = await db().execute(
        sql`select count(*)::int as owners, (select count(*)::int from orgs) as orgs from org_members`,
      );
      expect(count).toEqual({ owners: 1, orgs: 1 });
    },
    { abreast: 1 },
  ));
