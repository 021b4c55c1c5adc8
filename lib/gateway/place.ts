import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { type LiveAgent, listLiveAgents } from './list-agents';

const CPU_WEIGHT = 0.6;
const MEMORY_GIB_WEIGHT = 0.3;
/** An agent that streams a snapshot starts before the whole of it is there: worth more than a few idle cores. */
const STREAM_RESTORE_BONUS = 5;
/** What was placed a moment ago and stands in no heartbeat yet. */
const HEARTBEAT_MS = 10_000;

const holder = globalThis as typeof globalThis & { __pandastackPlaced?: { agentId: string; at: number }[] };

/**
 * The agents that may take a new sandbox, best first: those with room in the preferred region, then those elsewhere.
 * The best counts as chosen from now on. Throws capacity_unavailable when there is none.
 */
export async function placeSandbox(): Promise<LiveAgent[]> {
  const agents = await listLiveAgents();
  const placed = recentlyPlaced();
  const score = ({ id, capacity: { freeCpu = 0, freeMemoryMb = 0, streamRestore } }: LiveAgent) =>
    CPU_WEIGHT * (freeCpu - (placed.get(id) ?? 0)) +
    MEMORY_GIB_WEIGHT * (freeMemoryMb / 1024) +
    (streamRestore ? STREAM_RESTORE_BONUS : 0);
  // Memory is had or not had; CPUs are shared, and more may be promised than there are.
  const withRoom = agents.filter(({ capacity: { freeMemoryMb = 1 } }) => freeMemoryMb > 0);
  const best = ranked(withRoom, score, agents.length > 0 ? 'No machine has room for another sandbox' : NO_AGENT);
  notePlacement(best[0]);
  return best;
}

/** The agents that may take a volume of so many bytes, by the room on their disks. Throws capacity_unavailable. */
export async function placeVolume(bytes: number): Promise<LiveAgent[]> {
  const agents = await listLiveAgents();
  const withRoom = agents.filter(
    ({ capacity: { volumeHeadroomBytes: headroom } }) => headroom === undefined || headroom >= bytes,
  );
  const headroom = ({ capacity }: LiveAgent) => capacity.volumeHeadroomBytes ?? 0;
  return ranked(withRoom, headroom, agents.length > 0 ? 'No machine has room for a volume of this size' : NO_AGENT);
}

/** At the moment of the choice, not when the sandbox is there: creates that come at once are spread. */
function notePlacement(agent: LiveAgent | undefined): void {
  if (!agent) return;
  holder.__pandastackPlaced ??= [];
  holder.__pandastackPlaced.push({ agentId: agent.id, at: performance.now() });
}

const NO_AGENT = 'No machine is there to run sandboxes';

function ranked(agents: LiveAgent[], score: (agent: LiveAgent) => number, none: string): LiveAgent[] {
  const { region } = config().gateway;
  const isNear = (agent: LiveAgent) => region === null || agent.region === '' || agent.region === region;
  const best = [...agents].sort((a, b) => Number(isNear(b)) - Number(isNear(a)) || score(b) - score(a));
  if (best.length > 0) return best;
  throw new DomainError('capacity_unavailable', none, {
    hint: 'Try again in a moment. Operators: /admin/agents shows each machine, its room and its last sign of life.',
  });
}

function recentlyPlaced(): Map<string, number> {
  const recent = (holder.__pandastackPlaced ?? []).filter(({ at }) => performance.now() - at < HEARTBEAT_MS);
  holder.__pandastackPlaced = recent;
  const counts = new Map<string, number>();
  for (const { agentId } of recent) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  return counts;
}

/** As if nothing had been placed lately. */
export function forgetPlacements(): void {
  delete holder.__pandastackPlaced;
}
