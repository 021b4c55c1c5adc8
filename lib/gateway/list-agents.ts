import { eq, sql } from 'drizzle-orm';
import { prepareOnce } from '@/db/prepare-once';
import { agents } from '@/db/schema';
import { config } from '@/lib/config';

/** Agents announce themselves every 10 s; one that was silent for longer is offline. */
export const OFFLINE_AFTER_SECONDS = 30;
/** How long a list is believed: many requests share one look at the table. */
const FRESH_MS = 1_000;

/** A machine that runs sandboxes. */
export interface Agent {
  id: string;
  /** http(s)://host:port, without a trailing slash. */
  endpoint: string;
}

export interface LiveAgent extends Agent {
  region: string;
  capacity: Capacity;
}

/** What an agent tells of its room. Undefined is what an older agent does not tell. */
export interface Capacity {
  freeCpu?: number | undefined;
  freeMemoryMb?: number | undefined;
  streamRestore: boolean;
  /** How many bytes of volumes it would still take, by its own rule: three times its disk, and 20 GiB left free. */
  volumeHeadroomBytes?: number | undefined;
}

const live = prepareOnce((database) =>
  database
    .select({ id: agents.id, endpoint: agents.endpoint, region: agents.region, capacity: agents.capacity })
    .from(agents)
    .where(
      sql`${eq(agents.status, 'active')} and ${agents.lastHeartbeat} > now() - make_interval(secs => ${sql.raw(String(OFFLINE_AFTER_SECONDS))})`,
    )
    .orderBy(agents.id)
    .prepare('live_agents'),
);

const holder = globalThis as typeof globalThis & { __pandastackAgents?: { at: number; list: Promise<LiveAgent[]> } };

/** The agents that take work, as seen within the last second; the one of PANDASTACK_AGENT_URL where it is set. Throws when Postgres is away. */
export function listLiveAgents(): Promise<LiveAgent[]> {
  const { agentUrl } = config().gateway;
  if (agentUrl) return Promise.resolve([{ ...onlyAgent(agentUrl), region: '', capacity: { streamRestore: false } }]);
  const known = holder.__pandastackAgents;
  if (known && performance.now() - known.at < FRESH_MS) return known.list;
  const list = readAgents();
  holder.__pandastackAgents = { at: performance.now(), list };
  list.catch(forgetAgents);
  return list;
}

/** The next look goes to the table. */
export function forgetAgents(): void {
  delete holder.__pandastackAgents;
}

/** The agent of a one-host install, which need not announce itself. */
export function onlyAgent(agentUrl: string): Agent {
  return { id: 'configured', endpoint: agentUrl };
}

async function readAgents(): Promise<LiveAgent[]> {
  const rows = await live().execute();
  return rows.flatMap(({ id, endpoint, region, capacity }) => {
    const usable = usableEndpoint(endpoint);
    return usable ? [{ id, endpoint: usable, region: region ?? '', capacity: readCapacity(capacity ?? {}) }] : [];
  });
}

/** Undefined for what is no address to send a secret to. */
export function usableEndpoint(endpoint: string | null): string | undefined {
  const parsed = endpoint === null ? null : URL.parse(endpoint);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username + parsed.password !== '') return undefined;
  return parsed.pathname === '/' ? parsed.origin : undefined;
}

const VOLUME_OVERSUBSCRIPTION = 3;
const VOLUME_RESERVE_BYTES = 20 * 2 ** 30;

function readCapacity(told: Record<string, unknown>): Capacity {
  const number = (name: string) => (typeof told[name] === 'number' ? told[name] : undefined);
  const free = (total?: number, used = 0) => (total === undefined || total <= 0 ? undefined : total - used);
  const size = number('volumes_fs_size_bytes');
  const budget = VOLUME_OVERSUBSCRIPTION * (size ?? 0) - (number('volume_provisioned_bytes') ?? 0);
  return {
    freeCpu: free(number('cpu_total'), number('cpu_used')),
    freeMemoryMb: free(number('memory_mb_total'), number('memory_mb_used')),
    streamRestore: told.stream_restore_enabled === true,
    volumeHeadroomBytes: size ? Math.min(budget, (number('volumes_fs_free_bytes') ?? 0) - VOLUME_RESERVE_BYTES) : undefined,
  };
}
