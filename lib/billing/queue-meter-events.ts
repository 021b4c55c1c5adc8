import { isNotNull, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { orgSummaryColumns } from '@/lib/auth/org-summary';
import { amounts, type Tenant, usedSpans } from '@/lib/usage/used-spans';

/** An hour is told when it has been over for so long; what agents report later is told as a difference. */
const GRACE = sql.raw(`interval '10 minutes'`);
/** How far back late reports are looked for, and how far at the most after a stand-still: Stripe takes 35 days. */
const LOOK_BACK = sql.raw(`interval '7 days'`);
const FARTHEST = sql.raw(`interval '34 days'`);

/**
 * Writes what linked orgs used in hours that are over into the outbox, as far as it is not there yet, and returns how many events
 * that made. Replicas may do so at once: an identifier is org, meter, hour and how many the hour had before, and is taken once.
 */
export async function queueMeterEvents(): Promise<number> {
  const linked = await db().select(linkedColumns).from(orgs).where(isNotNull(orgs.stripeCustomerId));
  let queued = 0;
  for (const { from, to, ...org } of linked) {
    if (Number(from) < Number(to)) queued += await queueFor(org, new Date(Number(from) * 1_000), new Date(Number(to) * 1_000));
  }
  return queued;
}

const lastTold = sql`(select max(p.occurred_at) from pending_meter_events p where p.org_id = ${orgs.id})`;
const begin = sql`greatest(${orgs.stripeLinkedAt} + interval '59 minutes 59.999 seconds', now() - ${FARTHEST},
  least(now() - ${LOOK_BACK}, coalesce(${lastTold}, ${orgs.stripeLinkedAt})))`;
const linkedColumns = {
  id: orgSummaryColumns.id,
  tenantKey: orgSummaryColumns.tenantKey,
  from: sql<string>`extract(epoch from date_trunc('hour', ${begin}, 'UTC'))::bigint`,
  to: sql<string>`extract(epoch from date_trunc('hour', now() - ${GRACE}, 'UTC'))::bigint`,
};

async function queueFor(org: Tenant, from: Date, to: Date): Promise<number> {
  const part = sql`(least(e, h + 3600) - greatest(b, h))`;
  const rows = await db().execute(sql`
    with ${usedSpans(org, { from, to })},
    hours as (
      select h, ${amounts(part)}
      from spans, generate_series((floor(b / 3600) * 3600)::bigint, (ceil(e / 3600) * 3600 - 1)::bigint, 3600) as h
      group by h
    ),
    metered as (
      select h, event_name, floor(amount + 0.0005)::bigint as total
      from hours, lateral (values ('pandastack_sandbox_seconds', sandbox_seconds),
        ('pandastack_cpu_seconds', cpu_seconds), ('pandastack_gb_seconds', gb_seconds)) as m (event_name, amount)
    ),
    told as (
      select event_name, occurred_at, count(*) as times, sum(value) as total from pending_meter_events
      where org_id = ${org.id} and occurred_at >= ${from.toISOString()}::timestamptz group by event_name, occurred_at
    )
    insert into pending_meter_events (org_id, event_name, identifier, value, occurred_at, customer_id)
    select o.id, m.event_name, o.id || ':' || m.event_name || ':' || m.h || ':' || coalesce(t.times, 0),
      m.total - coalesce(t.total, 0), to_timestamp(m.h), o.stripe_customer_id
    from metered m
      join orgs o on o.id = ${org.id} and o.stripe_customer_id is not null
      left join told t on t.event_name = m.event_name and t.occurred_at = to_timestamp(m.h)
    where m.total > coalesce(t.total, 0)
    on conflict (identifier) do nothing
    returning id`);
  return rows.length;
}
