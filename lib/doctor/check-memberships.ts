import { sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { type Finding, fine, trouble } from './finding';
import { readRows } from './lock-tables';

const NO_ORG = 'User signs in but sees no organization';

/** Rows by which somebody signs in and sees nothing, or nobody may invite. */
export async function checkMemberships(database: Database): Promise<Finding[]> {
  const [counts] = await readRows(
    database,
    sql`select
      (select count(*)::int from orgs) as orgs,
      (select count(*)::int from org_members where user_id like '%@%') as emails,
      (select count(*)::int from user_current_org c where not exists
        (select 1 from org_members m where m.org_id = c.org_id and m.user_id = c.user_id)) as strangers`,
  );
  const ownerless = await readRows(
    database,
    sql`select slug from orgs o where not exists
      (select 1 from org_members m where m.org_id = o.id and m.role = 'owner') order by slug limit 10`,
  );
  if (counts?.orgs === 0) return [nobodySeeded()];
  const found = [];
  if (ownerless.length > 0) found.push(withoutOwner(ownerless.map(({ slug }) => String(slug))));
  if (Number(counts?.emails) > 0) found.push(emailAsId(Number(counts?.emails)));
  if (Number(counts?.strangers) > 0) found.push(currentElsewhere(Number(counts?.strangers)));
  return found.length > 0 ? found : [fine('orgs', 'every organization has an owner, and members by their user id')];
}

function nobodySeeded(): Finding {
  return trouble('orgs.none', 'warn', {
    seen: 'there is no organization: whoever signs in sees none',
    expected: 'an organization and its owner',
    fix: 'Insert orgs, org_members and user_current_org for the Supabase user id of the first person ("First-user provisioning")',
    symptom: NO_ORG,
  });
}

function withoutOwner(slugs: string[]): Finding {
  return trouble('orgs.owner', 'fail', {
    seen: `no owner in ${slugs.join(', ')}: nobody there may change roles`,
    expected: 'an owner in every organization',
    fix: 'Make a member the owner; SUPABASE_USER_ID and the slug are yours to put in',
    command:
      "UPDATE org_members SET role = 'owner' WHERE user_id = 'SUPABASE_USER_ID' AND org_id = (SELECT id FROM orgs WHERE slug = 'SLUG');",
    symptom: NO_ORG,
  });
}

function emailAsId(count: number): Finding {
  return trouble('members.email-as-id', 'fail', {
    seen: `${count} membership rows hold an e-mail address where the user id belongs`,
    expected: 'the Supabase user id: membership is never looked up by address',
    fix: 'Replace the address by the id from Authentication → Users',
    command: "UPDATE org_members SET user_id = 'SUPABASE_USER_ID' WHERE user_id = 'ADDRESS';",
    symptom: NO_ORG,
  });
}

function currentElsewhere(count: number): Finding {
  return trouble('members.current-org', 'warn', {
    seen: `${count} people have an organization chosen that they are no member of`,
    expected: 'a membership for each row of user_current_org',
    fix: 'Insert the missing rows of org_members, or remove the choice',
    symptom: NO_ORG,
  });
}
