import { sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';

/** What lets somebody in, by what it is. */
type Standing = Record<'tokens' | 'members' | 'invites', Map<string, string>>;
/** The same as lines for an operator. */
export type Revived = Record<keyof Standing, string[]>;

/** What an empty database lets in. */
export const NOTHING: Standing = { tokens: new Map(), members: new Map(), invites: new Map() };

/** Live API tokens, memberships with their role, and open invites, each with words for an operator. */
export async function readStanding(database: Database): Promise<Standing> {
  const read = async (query: ReturnType<typeof sql>) => {
    const rows = await database.execute<{ key: string; words: string }>(query);
    return new Map(rows.map(({ key, words }) => [key, words]));
  };
  return {
    tokens:
      await read(sql`select t.token_hash as key, concat_ws(' ', t.prefix || '…', nullif(t.label, ''), 'of', coalesce(o.slug, t.workspace_id)) as words
      from api_tokens t left join orgs o on o.id = t.org_id
      where t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) order by words`),
    members:
      await read(sql`select concat_ws(' ', m.org_id, m.user_id, m.role) as key, concat_ws(' ', coalesce(nullif(m.email, ''), m.user_id), 'as', m.role, 'of', o.slug) as words
      from org_members m join orgs o on o.id = m.org_id order by words`),
    invites: await read(sql`select i.token_hash as key, concat_ws(' ', i.email, 'as', i.role, 'into', o.slug) as words
      from org_invites i join orgs o on o.id = i.org_id
      where i.accepted_at is null and i.declined_at is null and i.revoked_at is null and i.expires_at > now() order by words`),
  };
}

/** What stands now and did not before. */
export function revivedSince(before: Standing, now: Standing): Revived {
  const more = (name: keyof Standing) => [...now[name]].flatMap(([key, words]) => (before[name].has(key) ? [] : [words]));
  return { tokens: more('tokens'), members: more('members'), invites: more('invites') };
}
