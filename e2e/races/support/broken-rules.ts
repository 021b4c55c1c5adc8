import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';

/** What must hold of the rows at any moment between two transactions: a query that finds offenders beside each rule. */
const RULES: Record<string, ReturnType<typeof sql>> = {
  'an org has an owner': sql`select id::text from orgs o
    where not exists (select 1 from org_members m where m.org_id = o.id and m.role = 'owner')`,
  'the owner an org names is an owner': sql`select id::text from orgs o
    where not exists (select 1 from org_members m where m.org_id = o.id and m.user_id = o.owner_user_id and m.role = 'owner')`,
  'a current org is one the person belongs to': sql`select user_id as id from user_current_org c
    where not exists (select 1 from org_members m where m.org_id = c.org_id and m.user_id = c.user_id)`,
  'a live token was made by a member': sql`select id::text from api_tokens t
    where revoked_at is null and not exists (select 1 from org_members m where m.org_id = t.org_id and m.user_id = t.created_by)`,
  'an open invite was made by a member': sql`select id::text from org_invites i
    where accepted_at is null and declined_at is null and revoked_at is null
      and not exists (select 1 from org_members m where m.org_id = i.org_id and m.user_id = i.invited_by)`,
  'an invite that was accepted let in one person': sql`select target_id as id
    from (select payload ->> 'target_id' as target_id from audit_outbox where payload ->> 'action' = 'invite.accepted') accepted
    group by target_id having count(*) > 1`,
  'who joined by an invite used it up': sql`select target_id as id
    from (select payload ->> 'target_id' as target_id, org_id from audit_outbox where payload ->> 'action' = 'invite.accepted') accepted
    where exists (select 1 from orgs where id = accepted.org_id)
      and not exists (select 1 from org_invites i where i.id = target_id::uuid and i.accepted_at is not null)`,
};

/** The rules that are broken, with the first offender of each. */
export async function brokenRules(): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, offenders] of Object.entries(RULES)) {
    const [first] = await db().execute<{ id: string }>(sql`${offenders} limit 1`);
    if (first) broken.push(`${rule}: ${first.id}`);
  }
  return broken;
}
