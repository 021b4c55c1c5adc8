import { and, eq, gt, isNotNull, lte, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { auditChains, auditOutbox } from '@/db/schema';
import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';
import type { SealedEvent } from './chain-link';
import { type ChainBreak, ChainWalk } from './chain-walk';
import { adoptRestoredChains, sealedEvent } from './claim-events';
import { NO_ORG } from './no-org';
import { presentSealedRow, SEALED_COLUMNS, type SealedRow } from './sealed-row';

/** Events a step: a few MB, and the event loop is free in between. */
const STEP = 2_000;
/** While replicas are updated one after the other, an old one may still ship what it does not chain. */
const UPDATE_MS = 3_600_000;

export interface ChainReport {
  orgId: string;
  intact: boolean;
  /** Events whose place in the chain was proven, those that wait in the outbox among them. */
  verified: number;
  /** Of the verified ones: how many wait for ClickHouse. */
  waiting: number;
  /** Events of the chain that have reached the end of their year. */
  expired: number;
  /** Events from before there was a chain. Nothing can be said of them. */
  unchained: number;
  /** What Postgres says the chain ends with. Kept elsewhere it proves that nobody has written the whole chain anew. */
  head: { seq: number; hash: string; lastAt: Date | null };
  break: ChainBreak | null;
}

/** verifyChain() for whoever may read the log. */
export function verifyAuditLog(access: OrgAccess<'audit:read'>): Promise<ChainReport> {
  return verifyChain(access.orgId);
}

const running = new Map<string, Promise<ChainReport>>();

/**
 * Walks along the chain of an org (or of NO_ORG) and reports its first break. Callers at the same time share one walk.
 * Throws dependency_unavailable when Postgres or ClickHouse is away: then nothing is known.
 */
export function verifyChain(orgId: string): Promise<ChainReport> {
  const started = running.get(orgId) ?? walk(orgId).finally(() => running.delete(orgId));
  running.set(orgId, started);
  return started;
}

/** The orgs that have a chain, deleted ones too. */
export async function listChains(): Promise<string[]> {
  const chains = await db().select({ orgId: auditChains.orgId }).from(auditChains).orderBy(auditChains.orgId);
  return chains.map(({ orgId }) => orgId);
}

async function walk(orgId: string): Promise<ChainReport> {
  let head = await readHead(orgId);
  if (head.restored) {
    await adoptRestoredChains();
    head = await readHead(orgId);
  }
  const steps = new ChainWalk(Date.now());
  // An event moves from the outbox to ClickHouse: whoever looks in that order misses none.
  const outbox = await hasSealed(orgId);
  let waiting = 0;
  for (let after = 0; after < head.seq && !steps.broken; after += STEP) {
    const upTo = Math.min(after + STEP, head.seq);
    const held = outbox ? await readOutbox(orgId, after, upTo) : [];
    waiting += held.length;
    steps.take(merge(await readStored(orgId, after, upTo), held));
  }
  steps.end(head);
  const found = steps.broken ?? (await findForeign(orgId, head.seq));
  return {
    orgId,
    intact: found === null,
    verified: steps.verified,
    waiting,
    expired: steps.expired,
    unchained: await countUnchained(orgId),
    head,
    break: found,
  };
}

async function readHead(orgId: string): Promise<ChainReport['head'] & { restored: boolean }> {
  const { seq, hash, lastAt, restored } = auditChains;
  const [chain] = await db().select({ seq, hash, lastAt, restored }).from(auditChains).where(eq(auditChains.orgId, orgId));
  return chain ?? { seq: 0, hash: '', lastAt: null, restored: false };
}

async function hasSealed(orgId: string): Promise<boolean> {
  const mine = and(eq(auditOutbox.orgId, orgId), isNotNull(auditOutbox.seq));
  return (await db().select({ id: auditOutbox.id }).from(auditOutbox).where(mine).limit(1)).length > 0;
}

async function readOutbox(orgId: string, after: number, upTo: number): Promise<SealedEvent[]> {
  const range = and(eq(auditOutbox.orgId, orgId), gt(auditOutbox.seq, after), lte(auditOutbox.seq, upTo));
  return (await db().select().from(auditOutbox).where(range)).map(sealedEvent);
}

/** One more than there can be: two versions of one event are two rows. Copies that are equal are one. */
async function readStored(orgId: string, after: number, upTo: number): Promise<SealedEvent[]> {
  const limit = upTo - after + 1;
  const query = `
    SELECT DISTINCT ${SEALED_COLUMNS}
    FROM pandastack.audit_log
    WHERE workspace_id = {org:String} AND seq > {after:UInt64} AND seq <= {up_to:UInt64}
    ORDER BY seq
    LIMIT {limit:UInt32}`;
  const rows = await selectRows<SealedRow>(query, { org: orgId, after, up_to: upTo, limit }, limit);
  return rows.map(presentSealedRow);
}

/** What waits may have arrived meanwhile: then both say the same, and one of them counts. */
function merge(stored: SealedEvent[], held: SealedEvent[]): SealedEvent[] {
  const known = new Set(stored.map(({ seq, hash }) => `${seq} ${hash}`));
  return [...stored, ...held.filter(({ seq, hash }) => !known.has(`${seq} ${hash}`))].sort((a, b) => a.seq - b.seq);
}

/** Events that nobody's chain knows: behind its end, or without a number although there was a chain. */
async function findForeign(orgId: string, headSeq: number): Promise<ChainBreak | null> {
  const unchainedUntil = (await chainsBeganAt()) + UPDATE_MS;
  const query = `
    SELECT event_id, toString(seq) AS number
    FROM pandastack.audit_log
    WHERE workspace_id = {org:String}
      AND (seq > {head:UInt64} OR (seq = 0 AND ts > fromUnixTimestamp64Milli({until:Int64})))
    ORDER BY seq, ts
    LIMIT 1000`;
  const found = await selectRows<{ event_id: string; number: string }>(
    query,
    { org: orgId, head: headSeq, until: unchainedUntil },
    1000,
  );
  if (found.length === 0) return null;
  // What was sealed since the walk began is no stranger.
  const now = await readHead(orgId);
  const stranger = found.find(({ number }) => Number(number) === 0 || Number(number) > now.seq);
  if (!stranger) return null;
  return { kind: 'foreign', seq: Number(stranger.number) || null, eventId: stranger.event_id };
}

async function countUnchained(orgId: string): Promise<number> {
  const query = `SELECT toString(uniqExact(event_id)) AS n FROM pandastack.audit_log WHERE workspace_id = {org:String} AND seq = 0`;
  const [row] = await selectRows<{ n: string }>(query, { org: orgId }, 1);
  return Number(row?.n ?? 0);
}

async function chainsBeganAt(): Promise<number> {
  const [row] = await db()
    .select({ at: sql<number>`(extract(epoch from ${auditChains.startedAt}) * 1000)::float8` })
    .from(auditChains)
    .where(eq(auditChains.orgId, NO_ORG));
  return Math.ceil(row?.at ?? 0);
}
