import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { type Repetition, repeat } from '@/lib/repeat';

const EVERY_MS = 60_000;
const SPREAD_MS = 10_000;
/** A row grows for about this long, then the next one begins: few rows, and each of them in one or two days. */
const ROW_SECONDS = 3_600;
/** How far into the hour before a row may reach back. */
const SLACK_SECONDS = 600;
/** Any number; the same on every replica. */
const LOCK = 7_461_902;

/**
 * Writes into `usage_events` that the sandboxes which are held now ran until now. Agents may say so themselves, and then no second counts
 * twice; many do not, and without this what a sandbox used would be forgotten with its lease. One replica at a time; `only` looks at one
 * sandbox, before it ends. Returns how many were seen.
 */
export async function observeLeases(only?: string): Promise<number> {
  return db().transaction(async (tx) => {
    if (only === undefined) {
      const [lock] = await tx.execute<{ taken: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}::bigint) as taken`);
      if (!lock?.taken) return 0;
    }
    const seen = await tx.execute(sql`
      with live as (
        select l.sandbox_id, l.workspace_id, coalesce(s.template, '') as template, coalesce(s.cpu, 0)::int as cpu,
          coalesce(s.memory_mb, 0)::int as mem, extract(epoch from l.created_at)::bigint as began, extract(epoch from now())::bigint as seen
        from leases l left join sandboxes s on s.id = l.sandbox_id
        where l.expires_at > now() and l.workspace_id <> '' and l.sandbox_id = coalesce(${only ?? null}::text, l.sandbox_id)
      ),
      known as (
        select live.*, last.id as last_id, last.event as last_event, greatest(live.began, coalesce(last.ts, live.began)) as until
        from live left join lateral (
          select u.id, u.event, u.ts from usage_events u
          where u.workspace = live.workspace_id and u.sandbox_id = live.sandbox_id and u.duration_sec > 0 and u.ts > live.began
          order by u.ts desc, u.id desc limit 1
        ) last on true
      ),
      grown as (
        update usage_events u set ts = known.seen, duration_sec = u.duration_sec + (known.seen - u.ts)::int
        from known
        where u.id = known.last_id and known.last_event = 'observed'
          and u.ts - u.duration_sec >= known.seen / ${ROW_SECONDS}::bigint * ${ROW_SECONDS}::bigint - ${SLACK_SECONDS}::bigint
        returning u.id
      ),
      begun as (
        insert into usage_events (ts, workspace, sandbox_id, template, event, cpu_count, mem_mb, duration_sec)
        select seen, workspace_id, sandbox_id, template, 'observed', cpu, mem, (seen - until)::int
        from known where seen > until and not exists (select from grown where grown.id = last_id)
        returning id
      )
      select id from grown union all select id from begun`);
    return seen.length;
  });
}

/** Looks every minute, until stopped. */
export function startObserving(): Repetition {
  const pass = async () => void (await observeLeases());
  return repeat(pass, { everyMs: EVERY_MS, spreadMs: SPREAD_MS, onFailure: 'what sandboxes use is looked at the next time' });
}
