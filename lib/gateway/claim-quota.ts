import { randomUUID } from 'node:crypto';
import { desc, eq, lt, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { prepareOnce } from '@/db/prepare-once';
import { leases, sandboxCreates, sandboxes, workspaces } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';
import type { Agent } from './list-agents';

/** The agents' own: they renew a lease, or end it, long before. */
const LEASE_HOURS = 24;
/** After this an order without an outcome no longer counts: its gateway died. */
const ON_ITS_WAY_MINUTES = 10;

export interface Ask {
  sandboxes: number;
  /** What each of them will take is its template's; the last one of it tells how much that is. */
  template: string | undefined;
}

/** Room that was claimed under a quota; undefined when the org has none. */
export type Claim = { id: string } | undefined;

const quotaOf = prepareOnce((database) =>
  database
    .select()
    .from(workspaces)
    .where(eq(workspaces.name, sql.placeholder('tenant')))
    .prepare('quota_of_workspace'),
);

type Quota = typeof workspaces.$inferSelect;
const LIMITS = ['maxSandboxes', 'maxCpuTotal', 'maxMemoryMbTotal', 'hourlyCreateLimit'] as const;

/**
 * Claims room for new sandboxes under the org's row in `workspaces`; without a row, or with zeros in it, there is no limit. Claims of
 * one org are made one at a time, so however many come at once, no more get through than fit. Throws quota_exceeded.
 */
export async function claimQuota({ org }: OrgAccess<'sandboxes:use'>, ask: Ask): Promise<Claim> {
  const [quota] = await quotaOf().execute({ tenant: org.tenantKey });
  if (!quota || LIMITS.every((limit) => !quota[limit])) return undefined;
  return db().transaction(async (tx) => {
    const [held] = await tx.select().from(workspaces).where(eq(workspaces.name, org.tenantKey)).for('update');
    if (!held) return undefined;
    const each = await sizeOf(tx, ask.template);
    await refuseBeyond(tx, held, { ...ask, ...each });
    const id = randomUUID();
    await tx.insert(sandboxCreates).values({
      id,
      tenant: org.tenantKey,
      sandboxes: ask.sandboxes,
      cpu: ask.sandboxes * each.cpu,
      memoryMb: ask.sandboxes * each.memoryMb,
    });
    return { id };
  });
}

/** The order came to nothing: it counts against no limit. */
export async function releaseQuota(claim: Claim): Promise<void> {
  if (claim) await db().delete(sandboxCreates).where(eq(sandboxCreates.id, claim.id));
}

/**
 * Writes whose the new sandboxes are and where, before anybody is told of them: agents write their leases a moment after they answer,
 * and another replica may be asked sooner. The agent's own row wins.
 */
export async function settleSandboxes(
  tenant: string,
  agent: Agent,
  { ids, claim }: { ids: string[]; claim: Claim },
): Promise<void> {
  const expiresAt = sql`now() + make_interval(hours => ${LEASE_HOURS})`;
  const rows = ids.map((sandboxId) => ({ sandboxId, agentId: agent.id, workspaceId: tenant, expiresAt }));
  if (!claim) {
    if (rows.length > 0) await db().insert(leases).values(rows).onConflictDoNothing();
    return;
  }
  await db().transaction(async (tx) => {
    if (rows.length > 0) await tx.insert(leases).values(rows).onConflictDoNothing();
    await tx.update(sandboxCreates).set({ settledAt: sql`now()`, sandboxes: ids.length }).where(eq(sandboxCreates.id, claim.id));
  });
}

/** Forgets orders that count against no limit any more. Returns how many. */
export async function pruneCreates(): Promise<number> {
  const gone = await db()
    .delete(sandboxCreates)
    .where(lt(sandboxCreates.createdAt, sql`now() - interval '2 hours'`))
    .returning({ id: sandboxCreates.id });
  return gone.length;
}

async function sizeOf(tx: Transaction, template: string | undefined): Promise<{ cpu: number; memoryMb: number }> {
  if (template === undefined) return { cpu: 0, memoryMb: 0 };
  const [last] = await tx
    .select({ cpu: sandboxes.cpu, memoryMb: sandboxes.memoryMb })
    .from(sandboxes)
    .where(eq(sandboxes.template, template))
    .orderBy(desc(sandboxes.createdAt))
    .limit(1);
  return { cpu: last?.cpu ?? 0, memoryMb: last?.memoryMb ?? 0 };
}

async function refuseBeyond(tx: Transaction, quota: Quota, ask: Ask & { cpu: number; memoryMb: number }): Promise<void> {
  const taken = await countTaken(tx, quota.name);
  const checks: [number | null, number, number, string][] = [
    [quota.maxSandboxes, taken.sandboxes, ask.sandboxes, 'sandboxes at one time'],
    [quota.maxCpuTotal, taken.cpu, ask.sandboxes * Math.max(ask.cpu, 1), 'CPUs at one time'],
    [quota.maxMemoryMbTotal, taken.memoryMb, ask.sandboxes * Math.max(ask.memoryMb, 1), 'MiB of memory at one time'],
    [quota.hourlyCreateLimit, taken.hour, ask.sandboxes, 'new sandboxes in an hour'],
  ];
  for (const [limit, now, more, of] of checks) {
    if (limit && now + more > limit) throw exceeded(`${limit} ${of}`, `${now} are taken`);
  }
}

type Taken = { sandboxes: number; cpu: number; memoryMb: number; hour: number };

/** What is held and what is on its way, in one look: an order that arrives in between would be in neither of two. */
async function countTaken(tx: Transaction, tenant: string): Promise<Taken> {
  const [taken] = await tx.execute<Taken>(sql`
    with held as (
      select count(*) as sandboxes, coalesce(sum(s.cpu), 0) as cpu, coalesce(sum(s.memory_mb), 0) as memory
      from ${leases} l left join ${sandboxes} s on s.id = l.sandbox_id
      where l.workspace_id = ${tenant} and l.expires_at > now()
    ),
    orders as (
      select c.*, c.settled_at is null and c.created_at > now() - make_interval(mins => ${ON_ITS_WAY_MINUTES}) as waits
      from ${sandboxCreates} c where c.tenant = ${tenant} and c.created_at > now() - interval '1 hour'
    ),
    ordered as (
      select coalesce(sum(sandboxes) filter (where waits), 0) as sandboxes, coalesce(sum(cpu) filter (where waits), 0) as cpu,
        coalesce(sum(memory_mb) filter (where waits), 0) as memory, coalesce(sum(sandboxes), 0) as hour
      from orders
    )
    select (held.sandboxes + ordered.sandboxes)::float8 as sandboxes, (held.cpu + ordered.cpu)::float8 as cpu,
      (held.memory + ordered.memory)::float8 as "memoryMb", ordered.hour::float8 as hour
    from held, ordered`);
  return taken ?? { sandboxes: 0, cpu: 0, memoryMb: 0, hour: 0 };
}

function exceeded(limit: string, taken: string): DomainError {
  return new DomainError('quota_exceeded', `This organization may have ${limit}, and ${taken}`, {
    hint: 'End sandboxes that are no longer needed, or ask the operator for a higher limit.',
  });
}
