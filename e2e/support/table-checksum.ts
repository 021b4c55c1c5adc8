import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';

const TABLES = ['orgs', 'org_members', 'org_invites', 'api_tokens', 'user_current_org', 'server_setup', 'audit_outbox'] as const;
// Moved on by every authenticated request, delivered or not, so they say nothing about a refusal.
const UNSTEADY = {
  api_tokens: ['last_used_at', 'previous_last_used_at'],
  audit_outbox: ['attempts', 'seq', 'claimed_until', 'refused_at'],
} as Record<string, string[]>;

/** A digest of everything a request may change: equal before and after means that nothing was. */
export async function tableChecksum(): Promise<string> {
  const digests: string[] = [];
  for (const table of TABLES) {
    const rows = sql`select md5(coalesce(string_agg(row_text, E'\n' order by row_text), '')) as digest from
      (select (to_jsonb(t) - ${sql.raw(`array[${(UNSTEADY[table] ?? []).map((name) => `'${name}'`)}]::text[]`)})::text as row_text
       from ${sql.identifier(table)} t) lines`;
    const [row] = await db().execute<{ digest: string }>(rows);
    digests.push(`${table}:${row?.digest}`);
  }
  return digests.join(' ');
}
