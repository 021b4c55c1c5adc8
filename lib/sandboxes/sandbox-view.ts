import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { agents, leases, sandboxes } from '@/db/schema';
import { config } from '@/lib/config';
import { OFFLINE_AFTER_SECONDS } from '@/lib/gateway/list-agents';
import { tenantInMetadata } from '@/lib/gateway/locate-sandbox';

/** A sandbox as its rows tell of it. */
export interface SandboxView {
  id: string;
  /** As its agent wrote it: creating, running, paused, hibernated, failed, … */
  status: string;
  template: string;
  cpu: number;
  memoryMb: number;
  /** What its maker wrote; without the tenant and without what agents keep secret. */
  metadata: Record<string, string>;
  createdAt: Date;
  bootMs: number;
  bootMode: string;
  persistent: boolean;
  /** Idle seconds after which it ends; 0: never. */
  ttlSeconds: number;
  fromSnapshot: string | null;
  agent: { id: string; online: boolean } | null;
  /** Whether a machine answers for it now. */
  held: boolean;
}

/** Stand in the table, but belong to nobody: a pool that agents keep warm, and what is gone. */
const NOBODYS = sql`coalesce(${sandboxes.status}, '') not in ('pooled', 'deleted')`;

/** The tenant may stand in the lease, or, without one, in the metadata: those that mention it are looked at by `ownerOf`. */
function mayBeOf(tenant: string): SQL | undefined {
  const quoted = JSON.stringify(tenant);
  const unleased = sql`coalesce(${leases.workspaceId}, '') = ''`;
  return and(NOBODYS, or(eq(leases.workspaceId, tenant), and(unleased, sql`position(${quoted} in ${sandboxes.metadata}) > 0`)));
}

/** The rows that belong to a tenant or only mention it, newest first; `ownerOf` tells which. */
export function selectSandboxes(tenant: string, which: SQL | undefined, most: number) {
  return db()
    .select({
      id: sandboxes.id,
      status: sandboxes.status,
      template: sandboxes.template,
      cpu: sandboxes.cpu,
      memoryMb: sandboxes.memoryMb,
      metadata: sandboxes.metadata,
      createdAt: sandboxes.createdAt,
      bootMs: sandboxes.bootMs,
      bootMode: sandboxes.bootMode,
      persistent: sandboxes.persistent,
      ttlSeconds: sandboxes.ttlSeconds,
      fromSnapshot: sandboxes.fromSnapshot,
      leaseTenant: leases.workspaceId,
      isHeld: sql<boolean>`coalesce(${leases.expiresAt} > now(), false)`,
      agentId: leases.agentId,
      isOnline: sql<boolean>`coalesce(${agents.lastHeartbeat} > now() - make_interval(secs => ${OFFLINE_AFTER_SECONDS}), false)`,
      at: sql<string>`coalesce(${sandboxes.createdAt}, 0)::text`,
    })
    .from(sandboxes)
    .leftJoin(leases, eq(leases.sandboxId, sandboxes.id))
    .leftJoin(agents, eq(agents.id, leases.agentId))
    .where(and(mayBeOf(tenant), which))
    .orderBy(sql`coalesce(${sandboxes.createdAt}, 0) desc`, sql`${sandboxes.id} desc`)
    .limit(most);
}

export type SandboxRow = Awaited<ReturnType<typeof selectSandboxes>>[number];

/** Whose a sandbox is, by the same rule as the gateway's. */
export function ownerOf({ leaseTenant, metadata }: Pick<SandboxRow, 'leaseTenant' | 'metadata'>): string | undefined {
  return leaseTenant || tenantInMetadata(metadata);
}

/** A row as pages show it. */
export function viewSandbox(row: SandboxRow): SandboxView {
  const { agentId, isOnline, isHeld } = row;
  return {
    id: row.id,
    status: row.status ?? '',
    template: row.template ?? '',
    cpu: row.cpu ?? 0,
    memoryMb: row.memoryMb ?? 0,
    metadata: shownMetadata(row.metadata),
    createdAt: new Date((row.createdAt ?? 0) * 1_000),
    bootMs: row.bootMs ?? 0,
    bootMode: row.bootMode ?? '',
    persistent: row.persistent === 1,
    ttlSeconds: row.ttlSeconds,
    fromSnapshot: row.fromSnapshot || null,
    agent: agentId ? { id: agentId, online: isOnline } : null,
    held: config().gateway.agentUrl !== null || (isHeld && isOnline),
  };
}

function shownMetadata(text: string | null): Record<string, string> {
  let told: unknown;
  try {
    told = JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
  if (typeof told !== 'object' || told === null) return {};
  const shown = Object.entries(told).filter(([key]) => key !== 'workspace' && !key.startsWith('secret.'));
  return Object.fromEntries(shown.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}
