import { eq, sql } from 'drizzle-orm';
import { prepareOnce } from '@/db/prepare-once';
import { agents, leases, sandboxes } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { type Agent, onlyAgent, usableEndpoint } from './list-agents';

/** How long a place is believed. Only the place: whose a sandbox is never changes, and who calls is asked each time. */
const FRESH_MS = 2_000;
const MOST_REMEMBERED = 10_000;

interface Place {
  tenant: string;
  agent: Agent;
  at: number;
}

const holder = globalThis as typeof globalThis & { __pandastackPlaces?: Map<string, Place> };
const places = () => {
  holder.__pandastackPlaces ??= new Map();
  return holder.__pandastackPlaces;
};

const id = sql.placeholder('id');
const asked = sql`(select ${id}::text as id) as asked`;
const byId = prepareOnce((database) =>
  database
    .select({
      leaseTenant: leases.workspaceId,
      isHeld: sql<boolean>`coalesce(${leases.expiresAt} > now(), false)`.as('is_held'),
      metadata: sandboxes.metadata,
      agentId: agents.id,
      endpoint: agents.endpoint,
    })
    .from(asked)
    .leftJoin(leases, eq(leases.sandboxId, sql`asked.id`))
    .leftJoin(sandboxes, eq(sandboxes.id, sql`asked.id`))
    .leftJoin(agents, eq(agents.id, leases.agentId))
    .prepare('place_of_sandbox'),
);

/**
 * Where the org's sandbox is. Throws not_found for one that is not the org's, or nobody's, or not there: a stranger cannot tell these
 * apart. Throws agent_unreachable when no machine holds it.
 */
export async function locateSandbox({ org }: OrgAccess<'sandboxes:use'>, sandboxId: string): Promise<Agent> {
  const known = places().get(sandboxId);
  if (known && performance.now() - known.at < FRESH_MS) {
    if (known.tenant !== org.tenantKey) throw unknown();
    return known.agent;
  }
  const agent = await findPlace(org.tenantKey, sandboxId);
  rememberPlace(sandboxId, org.tenantKey, agent);
  return agent;
}

/** A sandbox was made, or answered from a place: the next call goes there without asking. */
export function rememberPlace(sandboxId: string, tenant: string, agent: Agent): void {
  if (places().size >= MOST_REMEMBERED) places().clear();
  places().set(sandboxId, { tenant, agent, at: performance.now() });
}

/** The next call asks the database again. Returns whether there was something to forget. */
export function forgetPlace(sandboxId: string): boolean {
  return places().delete(sandboxId);
}

async function findPlace(tenant: string, sandboxId: string): Promise<Agent> {
  const { agentUrl } = config().gateway;
  const [row] = await byId().execute({ id: sandboxId });
  const owner = row && (row.leaseTenant || tenantInMetadata(row.metadata));
  // An agent of its own tables alone has told us nothing; it knows the tenant of each of its sandboxes.
  if (agentUrl && (!owner || owner === tenant)) return onlyAgent(agentUrl);
  if (owner !== tenant) throw unknown();
  const endpoint = usableEndpoint(row?.endpoint ?? null);
  if (row?.isHeld && row.agentId && endpoint) return { id: row.agentId, endpoint };
  throw new DomainError('agent_unreachable', 'No machine holds this sandbox at the moment', {
    hint: 'Its machine has not renewed its lease. Try again in a moment, or make a new sandbox.',
  });
}

/** The tenant an agent wrote into a sandbox's metadata. */
export function tenantInMetadata(metadata: string | null): string | undefined {
  try {
    const { workspace } = JSON.parse(metadata ?? '{}') as { workspace?: unknown };
    return typeof workspace === 'string' ? workspace : undefined;
  } catch {
    return undefined;
  }
}

function unknown(): DomainError {
  return new DomainError('not_found', 'There is no such sandbox');
}
