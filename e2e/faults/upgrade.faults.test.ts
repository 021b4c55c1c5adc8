import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { migrateWithin } from '@/db/migrate';
import { type Transaction, withConnection } from '@/db/postgres';
import journal from '@/drizzle/meta/_journal.json';
import { callAt } from '@/e2e/races/support/two-replicas';
import { emptyDatabase } from '@/e2e/support/test-database';
import { ownProject, personAt, runOn } from './support/faulty-world';

/** As the release before this one left it. */
const PREVIOUS = journal.entries.at(-2)?.when;

it('P20 a new build starts on the previous schema, and everybody is let in while the previous build still writes there', async () => {
  const project = await ownProject();
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  await withConnection(url, (database) => database.transaction((tx) => migrateWithin(tx, PREVIOUS)));
  const seeded = async (person: { userId: string; email: string }) => {
    const orgId = randomUUID();
    await withConnection(url, (database) => database.transaction((tx) => previousBuildFounds(tx, orgId, person)));
    return orgId;
  };

  const [ada, ben] = [personAt('', project), personAt('', project)];
  const before = await seeded(ada);
  const replica = await runOn(url, project);
  const seenBy = ({ token }: { token: string }, path: string) => callAt(() => replica.url, token)('GET', path);
  expect(await seenBy(ada, `/v1/orgs/${before}`)).toMatchObject({ status: 200, body: { id: before, role: 'owner' } });

  const during = await seeded(ben);
  expect(await seenBy(ben, `/v1/orgs/${during}`)).toMatchObject({ status: 200, body: { id: during, role: 'owner' } });
  expect((await seenBy(ben, '/v1/me')).status).toBe(200);
  const [kept] = await withConnection(url, (database) =>
    database.execute(sql`select count(*)::int as orgs, (select count(*)::int from org_members) as members,
      (select count(*)::int from org_invites) as invites, (select count(*)::int from drizzle.__drizzle_migrations) as migrations from orgs`),
  );
  expect(kept).toEqual({ orgs: 2, members: 2, invites: 2, migrations: journal.entries.length });
});

/** The rows of an org with an invite, by the very columns that the previous build names, read back as it reads them. */
async function previousBuildFounds(tx: Transaction, orgId: string, { userId, email }: { userId: string; email: string }) {
  await tx.execute(sql`insert into orgs (id, slug, name, owner_user_id, legacy_tenant_key, mfa_required, default_invite_role, allowed_email_domains)
    values (${orgId}, ${`org-${orgId.slice(0, 8)}`}, 'Standing', ${userId}, null, false, 'member', '{}')`);
  await tx.execute(sql`insert into org_members (org_id, user_id, email, role) values (${orgId}, ${userId}, ${email}, 'owner')`);
  await tx.execute(sql`insert into user_current_org (user_id, org_id) values (${userId}, ${orgId})`);
  await tx.execute(sql`insert into org_invites (token_hash, org_id, email, role, invited_by, expires_at, last_sent_at)
    values (${randomUUID()}, ${orgId}, 'guest@example.com', 'member', ${userId}, now() + interval '7 days', now())`);
  await tx.execute(
    sql`insert into audit_outbox (id, org_id, payload) values (${randomUUID()}, ${orgId}, '{"action": "org.created"}')`,
  );
  const found = await tx.execute(sql`select o.id from orgs o join org_members m on m.org_id = o.id
    join org_invites i on i.org_id = o.id left join user_current_org c on c.org_id = o.id
    where m.user_id = ${userId} and not o.mfa_required and i.declined_at is null and o.allowed_email_domains = '{}'`);
  if (found.length !== 1) throw new Error('the previous build does not find what it wrote');
}
