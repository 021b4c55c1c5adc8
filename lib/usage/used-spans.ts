import { type SQL, sql } from 'drizzle-orm';
import type { UsageRange } from './usage-range';

/** What agents know an org by: its id and, for an adopted one, the slug it had. */
export interface Tenant {
  id: string;
  tenantKey: string;
}

/**
 * The common table expression `spans (sandbox_id, template, b, e, cpu, gb)`: when the sandboxes of a tenant ran within a range, in Unix
 * seconds, with processors and GiB of memory. No second of a sandbox is in it twice: an event begins where the ones before it end,
 * and a lease counts from the last event on. Cutting a range in two changes no sum, because rows outside a part never reach into it.
 */
export function usedSpans({ id, tenantKey }: Tenant, { from, to }: UsageRange): SQL {
  const [begin, end] = [secondsOf(from), secondsOf(to)];
  return sql`
    events as (
      select id, coalesce(nullif(sandbox_id, ''), 'event-' || id) as sandbox_id, coalesce(template, '') as template,
        ts - duration_sec as b, ts as e,
        case when cpu_seconds > 0 then cpu_seconds::float8 / duration_sec else coalesce(cpu_count, 0) end as cpu,
        case when gb_seconds > 0 then gb_seconds / duration_sec else coalesce(mem_mb, 0) / 1024.0 end as gb
      from usage_events
      where workspace in (${id}, ${tenantKey}) and ts > ${begin}::bigint and duration_sec > 0 and ts - duration_sec < ${end}::bigint
    ),
    apart as (
      select sandbox_id, template,
        greatest(b, coalesce(max(e) over (
          partition by sandbox_id order by b, e desc, id rows between unbounded preceding and 1 preceding), b))::float8 as b,
        e::float8 as e, cpu, gb
      from events
    ),
    running as (
      select l.sandbox_id, coalesce(s.template, '') as template,
        greatest(extract(epoch from l.created_at), (
          select max(u.ts) from usage_events u
          where u.workspace in (${id}, ${tenantKey}) and u.sandbox_id = l.sandbox_id and u.duration_sec > 0
            and u.ts > extract(epoch from l.created_at)))::float8 as b,
        extract(epoch from least(l.expires_at, now()))::float8 as e,
        coalesce(s.cpu, 0) as cpu, coalesce(s.memory_mb, 0) / 1024.0 as gb
      from leases l left join sandboxes s on s.id = l.sandbox_id
      where l.workspace_id in (${id}, ${tenantKey}) and l.expires_at > to_timestamp(${begin}::bigint)
        and l.created_at < to_timestamp(${end}::bigint)
    ),
    spans as (
      select sandbox_id, template, greatest(b, ${begin}::bigint) as b, least(e, ${end}::bigint) as e, cpu::float8, gb::float8
      from (select * from apart union all select * from running) known
      where least(e, ${end}::bigint) > greatest(b, ${begin}::bigint)
    )`;
}

/** What spans come to, as three columns; `seconds` is how much of a span counts. */
export function amounts(seconds = sql`(e - b)`): SQL {
  return sql`
    coalesce(sum(${seconds}), 0)::float8 as sandbox_seconds,
    coalesce(sum(${seconds} * cpu), 0)::float8 as cpu_seconds,
    coalesce(sum(${seconds} * gb), 0)::float8 as gb_seconds`;
}

export interface Amounts {
  sandboxSeconds: number;
  /** Processors given times seconds. */
  cpuSeconds: number;
  /** GiB of memory given times seconds. */
  gbSeconds: number;
}

export type AmountsRow = { sandbox_seconds: number; cpu_seconds: number; gb_seconds: number };

/** The three amounts of a row, to the thousandth. */
export function amountsOf(row: AmountsRow): Amounts {
  return {
    sandboxSeconds: rounded(row.sandbox_seconds),
    cpuSeconds: rounded(row.cpu_seconds),
    gbSeconds: rounded(row.gb_seconds),
  };
}

export function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000);
}

function rounded(value: number): number {
  return Math.round(Number(value) * 1_000) / 1_000;
}
