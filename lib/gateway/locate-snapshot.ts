import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { agents, leases, sandboxEvents, sandboxes, snapshots } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { type Agent, onlyAgent, usableEndpoint } from './list-agents';
import { tenantInMetadata } from './locate-sandbox';

/**
 * The agent that has the org's snapshot; undefined when it is the org's and no machine is known to have it. Agents restore a snapshot
 * for whoever knows its id, so whose it is is decided here. Throws not_found for one that is not the org's, or nobody's, or not there.
 */
export async function locateSnapshot({ org }: OrgAccess<'sandboxes:use'>, snapshotId: string): Promise<Agent | undefined> {
  const [row] = await selectSnapshots(eq(snapshots.id, snapshotId));
  const { agentUrl } = config().gateway;
  if (row?.owner !== org.tenantKey) throw new DomainError('not_found', 'There is no such snapshot');
  if (agentUrl) return onlyAgent(agentUrl);
  const endpoint = usableEndpoint(row.endpoint);
  return endpoint && row.agentId ? { id: row.agentId, endpoint } : undefined;
}

/** Of the ids of snapshots those that are the org's. */
export async function ownedSnapshots({ org }: OrgAccess<'sandboxes:use'>, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await selectSnapshots(inArray(snapshots.id, ids));
  return new Set(rows.filter(({ owner }) => owner === org.tenantKey).map(({ id }) => id));
}

/** Writes down whose a new snapshot is, and which agent took it, before anybody hears of it. */
export async function settleSnapshot(
  { org }: OrgAccess<'sandboxes:use'>,
  { id, sandboxId, agent }: { id: string; sandboxId: string; agent: Agent },
): Promise<void> {
  const known = { workspaceId: org.tenantKey, agentId: agent.id };
  await db()
    .insert(snapshots)
    .values({ id, sandboxId, ...known, createdAt: sql`extract(epoch from now())::bigint` })
    .onConflictDoUpdate({ target: snapshots.id, set: known });
}

/** What the last event of a snapshot's sandbox says of whose it was. */
export const OWNER_IN_EVENTS = sql<string | null>`(select ${sandboxEvents.workspaceId} from ${sandboxEvents}
    where ${sandboxEvents.sandboxId} = ${snapshots.sandboxId} and ${sandboxEvents.workspaceId} <> ''
    order by ${sandboxEvents.createdAt} desc limit 1)`;

/**
 * Snapshots with their owners, newest first, as many as `most`. The owner is the one written with the snapshot; for an older one that
 * of its sandbox, from what is left of it.
 */
export async function selectSnapshots(which: SQL | undefined, most?: number) {
  const query = db()
    .select({
      id: snapshots.id,
      sandboxId: snapshots.sandboxId,
      createdAt: snapshots.createdAt,
      template: sandboxes.template,
      written: snapshots.workspaceId,
      leaseTenant: leases.workspaceId,
      metadata: sandboxes.metadata,
      told: OWNER_IN_EVENTS,
      agentId: agents.id,
      endpoint: agents.endpoint,
    })
    .from(snapshots)
    .leftJoin(leases, eq(leases.sandboxId, snapshots.sandboxId))
    .leftJoin(sandboxes, eq(sandboxes.id, snapshots.sandboxId))
    .leftJoin(agents, sql`${agents.id} = coalesce(nullif(${snapshots.agentId}, ''), ${leases.agentId})`)
    .where(which)
    .orderBy(sql`coalesce(${snapshots.createdAt}, 0) desc`, sql`${snapshots.id} desc`);
  const rows = await (most === undefined ? query : query.limit(most));
  return rows.map(({ written, leaseTenant, metadata, told, createdAt, ...row }) => ({
    ...row,
    at: String(createdAt ?? 0),
    createdAt: new Date((createdAt ?? 0) * 1_000),
    owner: written || leaseTenant || tenantInMetadata(metadata) || told || undefined,
  }));
}
