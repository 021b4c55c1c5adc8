import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { PROVISIONING } from '@/e2e/support/provisioning-sql';
import { testDatabase } from '@/e2e/support/test-database';
import { db, type Transaction } from './postgres';

beforeAll(testDatabase);

test("the specification's provisioning statements work one by one, and again", async () => {
  for (const statement of [...PROVISIONING, ...PROVISIONING]) await db().execute(sql.raw(statement));
  const rows = await db().execute(
    sql`select m.user_id, m.role, m.email, c.user_id as current from orgs o join org_members m on m.org_id = o.id join user_current_org c on c.org_id = o.id`,
  );
  expect([...rows]).toEqual([
    { user_id: 'SUPABASE_USER_ID', role: 'owner', email: '[email protected]', current: 'SUPABASE_USER_ID' },
  ]);
});

test.each([
  ['demoted', (org: string) => sql`update org_members set role = 'member' where org_id = ${org}`],
  ['removed', (org: string) => sql`delete from org_members where org_id = ${org} and role = 'owner'`],
  ['removed with everybody', (org: string) => sql`delete from org_members where org_id = ${org}`],
  [
    'moved away',
    (org: string) =>
      sql`update org_members set org_id = (select id from orgs where id <> ${org} limit 1) where org_id = ${org} and role = 'owner'`,
  ],
])('the last owner cannot be %s', async (_, change) => {
  const org = await foundOrg('owner', 'member');
  await foundOrg('owner');
  await expect(db().execute(change(org))).rejects.toMatchObject({
    cause: { code: '23514', constraint_name: 'org_keeps_an_owner' },
  });
  expect(await rolesOf(org)).toEqual(['member', 'owner']);
});

test('one of two owners may go, and an owner may change in other ways', async () => {
  const org = await foundOrg('owner', 'owner');
  await db().execute(sql`delete from org_members where user_id = (select min(user_id) from org_members where org_id = ${org})`);
  await db().execute(sql`update org_members set email = 'new@example.com' where org_id = ${org}`);
  expect(await rolesOf(org)).toEqual(['owner']);
});

test('ownership passes on in one transaction, in either order', async () => {
  const org = await foundOrg('owner', 'member');
  await db().transaction(async (tx) => {
    await tx.execute(sql`update org_members set role = 'admin' where org_id = ${org} and role = 'owner'`);
    await tx.execute(sql`update org_members set role = 'owner' where org_id = ${org} and role = 'member'`);
  });
  expect(await rolesOf(org)).toEqual(['admin', 'owner']);
});

test('an org may be deleted with its owners', async () => {
  const org = await foundOrg('owner', 'member');
  await db().execute(sql`delete from orgs where id = ${org}`);
  expect(await rolesOf(org)).toEqual([]);
});

test('of two owners who leave at the same moment one stays', async () => {
  const org = await foundOrg('owner', 'owner');
  const users = [...(await db().execute(sql`select user_id from org_members where org_id = ${org}`))].map((row) => row.user_id);
  const bothDeleted = meetingPoint(2);
  const leave = (user: unknown) => async (tx: Transaction) => {
    await tx.execute(sql`delete from org_members where org_id = ${org} and user_id = ${user}`);
    await bothDeleted();
  };
  const results = await Promise.allSettled(users.map((user) => db().transaction(leave(user))));
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await rolesOf(org)).toEqual(['owner']);
});

test('an address has one open invite in an org, whatever its case; closed ones do not count', async () => {
  const org = await foundOrg('owner');
  await invite(org, 'a@example.com');
  await expect(invite(org, 'A@Example.com')).rejects.toMatchObject({
    cause: { code: '23505', constraint_name: 'org_invites_one_open_per_address' },
  });
  for (const column of ['accepted_at', 'declined_at', 'revoked_at']) {
    await db().execute(sql`update org_invites set ${sql.identifier(column)} = now() where org_id = ${org}`);
    await invite(org, 'a@example.com');
  }
  await invite(await foundOrg('owner'), 'a@example.com');
});

test('an API token goes with its org', async () => {
  const org = await foundOrg('owner');
  await db().execute(
    sql`insert into api_tokens (token_hash, prefix, workspace_id, org_id) values (${randomUUID()}, 'p', 's', ${org})`,
  );
  await db().execute(sql`delete from orgs where id = ${org}`);
  expect([...(await db().execute(sql`select 1 from api_tokens where org_id = ${org}`))]).toEqual([]);
});

async function foundOrg(...roles: string[]): Promise<string> {
  return db().transaction(async (tx) => {
    const [org] = await tx.execute(
      sql`insert into orgs (slug, name, owner_user_id) values (${randomUUID()}, 'Org', 'u') returning id`,
    );
    for (const role of roles) {
      await tx.execute(sql`insert into org_members (org_id, user_id, role) values (${org?.id}, ${randomUUID()}, ${role})`);
    }
    return String(org?.id);
  });
}

async function rolesOf(org: string): Promise<unknown[]> {
  return [...(await db().execute(sql`select role from org_members where org_id = ${org} order by role`))].map((row) => row.role);
}

async function invite(org: string, email: string): Promise<void> {
  await db().execute(
    sql`insert into org_invites (token_hash, org_id, email, role, invited_by, expires_at) values (${randomUUID()}, ${org}, ${email}, 'member', 'u', now() + interval '1 day')`,
  );
}

/** Nobody passes before `size` callers are there. */
function meetingPoint(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === size) resolve();
    return promise;
  };
}
