import { count, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { agents, leases } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';
import { OFFLINE_AFTER_SECONDS, usableEndpoint } from './list-agents';

/** Those that were not heard of for long come last; more are nobody's fleet. */
const MOST_AGENTS = 500;

export interface AgentView {
  id: string;
  endpoint: string;
  region: string;
  zone: string;
  version: string;
  /** active: takes work. draining: holds what it has. offline: was silent for longer than OFFLINE_AFTER_SECONDS. */
  status: 'active' | 'draining' | 'offline';
  cpu: Share | null;
  memoryMb: Share | null;
  /** Of the disk for volumes. */
  volumeBytes: Share | null;
  loadAverage: number | null;
  /** How many sandboxes it holds, by their leases. */
  sandboxes: number;
  lastSeenAt: Date | null;
  registeredAt: Date | null;
}

export interface Share {
  used: number;
  total: number;
}

export interface Fleet {
  agents: AgentView[];
  /** PANDASTACK_AGENT_URL: the registry is not asked where sandboxes go. */
  onlyAgent: string | null;
  /** Agents beyond this machine are called without PANDASTACK_NODE_TOKEN: whoever reaches them can call them, too. */
  unguarded: boolean;
}

/** Every agent that ever registered, those heard of last first, by the database's clock. */
export async function examineAgents(_access: OrgAccess<'server:examine'>): Promise<Fleet> {
  const held = db()
    .select({ agentId: leases.agentId, sandboxes: count().as('sandboxes') })
    .from(leases)
    .where(sql`${leases.expiresAt} > now()`)
    .groupBy(leases.agentId)
    .as('held');
  const rows = await db()
    .select({
      id: agents.id,
      endpoint: agents.endpoint,
      region: agents.region,
      zone: agents.zone,
      version: agents.version,
      status: agents.status,
      capacity: agents.capacity,
      lastSeenAt: agents.lastHeartbeat,
      registeredAt: agents.createdAt,
      isSilent: sql<boolean>`coalesce(${agents.lastHeartbeat} <= now() - make_interval(secs => ${OFFLINE_AFTER_SECONDS}), true)`,
      sandboxes: sql<number>`coalesce(${held.sandboxes}, 0)::int`,
    })
    .from(agents)
    .leftJoin(held, eq(held.agentId, agents.id))
    .orderBy(sql`${agents.lastHeartbeat} desc nulls last`, agents.id)
    .limit(MOST_AGENTS);
  const { agentUrl, nodeToken } = config().gateway;
  const views = rows.map(viewAgent);
  const called = agentUrl ? [agentUrl] : views.filter(({ status }) => status !== 'offline').map(({ endpoint }) => endpoint);
  return { agents: views, onlyAgent: agentUrl, unguarded: nodeToken === null && called.some(isBeyondLoopback) };
}

type Row = Omit<AgentView, 'status' | 'endpoint' | 'region' | 'zone' | 'version'> & {
  endpoint: string | null;
  region: string | null;
  zone: string | null;
  version: string | null;
  status: string | null;
  capacity: Record<string, unknown> | null;
  isSilent: boolean;
};

function viewAgent({
  capacity,
  isSilent,
  status,
  ...row
}: Omit<Row, 'cpu' | 'memoryMb' | 'volumeBytes' | 'loadAverage'>): AgentView {
  const told = capacity ?? {};
  const number = (name: string) => (typeof told[name] === 'number' ? told[name] : null);
  const share = (used: number | null, total: number | null) => (total ? { used: used ?? 0, total } : null);
  const [size, free] = [number('volumes_fs_size_bytes'), number('volumes_fs_free_bytes')];
  return {
    ...row,
    endpoint: row.endpoint ?? '',
    region: row.region ?? '',
    zone: row.zone ?? '',
    version: row.version ?? '',
    status: isSilent ? 'offline' : status === 'active' ? 'active' : 'draining',
    cpu: share(number('cpu_used'), number('cpu_total')),
    memoryMb: share(number('memory_mb_used'), number('memory_mb_total')),
    volumeBytes: share(size === null || free === null ? null : size - free, size),
    loadAverage: number('load_average'),
  };
}

function isBeyondLoopback(endpoint: string): boolean {
  const usable = usableEndpoint(endpoint);
  return usable !== undefined && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(usable).hostname);
}

/** As /v1 tells it. */
export function presentFleet({ agents: views, onlyAgent, unguarded }: Fleet): z.input<typeof fleetAnswer> {
  return {
    only_agent: onlyAgent,
    unguarded,
    items: views.map(({ memoryMb, volumeBytes, loadAverage, lastSeenAt, registeredAt, ...agent }) => ({
      ...agent,
      memory_mb: memoryMb,
      volume_bytes: volumeBytes,
      load_average: loadAverage,
      last_seen_at: lastSeenAt?.toISOString() ?? null,
      registered_at: registeredAt?.toISOString() ?? null,
    })),
  };
}

const share = z.object({ used: z.number(), total: z.number() }).nullable();

export const fleetAnswer = z
  .object({
    only_agent: z.string().nullable().meta({ description: 'PANDASTACK_AGENT_URL, which takes all work where it is set.' }),
    unguarded: z.boolean().meta({ description: 'Agents on other machines are called without PANDASTACK_NODE_TOKEN.' }),
    items: z.array(
      z
        .object({
          id: z.string(),
          endpoint: z.string(),
          region: z.string(),
          zone: z.string(),
          version: z.string(),
          status: z
            .enum(['active', 'draining', 'offline'])
            .meta({ description: `offline: not heard of for more than ${OFFLINE_AFTER_SECONDS} seconds.` }),
          cpu: share,
          memory_mb: share,
          volume_bytes: share,
          load_average: z.number().nullable(),
          sandboxes: z.int(),
          last_seen_at: z.iso.datetime().nullable(),
          registered_at: z.iso.datetime().nullable(),
        })
        .meta({ id: 'Agent', description: 'A machine that runs sandboxes, as it registered.' }),
    ),
  })
  .meta({ id: 'Fleet', description: 'The machines that run sandboxes.' });
