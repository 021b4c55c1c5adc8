import { z } from 'zod';
import { selectRows } from '@/db/select-rows';

export interface AuditEvent {
  id: string;
  at: Date;
  /** A user id, or `token:<id>`. */
  actorId: string;
  actorType: string;
  actorEmail: string;
  action: string;
  targetType: string;
  targetId: string;
  requestId: string;
  ip: string;
  userAgent: string;
  metadata: Record<string, unknown>;
  /** Its number in the chain of its org; null from before there was one. */
  seq: number | null;
  /** What the chain says of it; '' without one. */
  hash: string;
}

/** Where a page ends. */
export interface Position {
  atMs: number;
  id: string;
}

/** What narrows the log; undefined narrows nothing. `from` belongs to the range, `to` does not. */
export interface EventFilters {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

type Filters = EventFilters & { before: Position | undefined };

type Row = Record<(typeof COLUMNS)[number] | 'at_ms' | 'number', string>;

const COLUMNS = [
  'event_id',
  'actor_id',
  'actor_type',
  'action',
  'target_type',
  'target_id',
  'request_id',
  'ip',
  'user_agent',
  'metadata',
  'hash',
] as const;

/**
 * The newest events of an org before a position, newest first, at most `limit`. Two copies of an event that was delivered twice stand
 * beside each other, and only the first is told; so there may be fewer than there were rows. Throws dependency_unavailable.
 */
export async function findEvents(
  orgId: string,
  filters: Filters,
  limit: number,
): Promise<{ events: AuditEvent[]; full: boolean }> {
  const { conditions, parameters } = where(orgId, filters);
  const query = `
    SELECT toString(toUnixTimestamp64Milli(ts)) AS at_ms, toString(seq) AS number, ${COLUMNS.join(', ')}
    FROM pandastack.audit_log
    WHERE ${conditions.join(' AND ')}
    ORDER BY ts DESC, event_id DESC
    LIMIT {limit:UInt32}`;
  const rows = await selectRows<Row>(query, { ...parameters, limit }, limit);
  const events = rows.filter((row, index) => !isCopy(row, rows[index - 1])).map(viewEvent);
  return { events, full: rows.length === limit };
}

function isCopy(row: Row, previous: Row | undefined): boolean {
  return row.event_id === previous?.event_id && row.at_ms === previous.at_ms;
}

function where(orgId: string, { actor, action, target, from, to, before }: Filters) {
  const conditions = ['workspace_id = {org:String}'];
  const parameters: Record<string, string | number> = { org: orgId };
  const add = (condition: string, values: Record<string, string | number>) => {
    conditions.push(condition);
    Object.assign(parameters, values);
  };
  if (actor !== undefined) add('actor_id = {actor:String}', { actor });
  if (action !== undefined) add('action = {action:String}', { action });
  if (target !== undefined) add('target_id = {target:String}', { target });
  if (from) add('ts >= fromUnixTimestamp64Milli({from:Int64})', { from: from.getTime() });
  if (to) add('ts < fromUnixTimestamp64Milli({to:Int64})', { to: to.getTime() });
  if (before) {
    // The first half lets ClickHouse use its index.
    add('ts <= fromUnixTimestamp64Milli({before:Int64})', { before: before.atMs });
    add('(ts, event_id) < (fromUnixTimestamp64Milli({before:Int64}), {before_id:String})', { before_id: before.id });
  }
  return { conditions, parameters };
}

function viewEvent(row: Row): AuditEvent {
  const metadata = z.record(z.string(), z.unknown()).catch({}).parse(parseJson(row.metadata));
  const { actor_email: actorEmail, ...rest } = metadata;
  return {
    id: row.event_id,
    at: new Date(Number(row.at_ms)),
    actorId: row.actor_id,
    actorType: row.actor_type,
    actorEmail: typeof actorEmail === 'string' ? actorEmail : '',
    action: row.action,
    targetType: row.target_type,
    targetId: row.target_id,
    requestId: row.request_id,
    ip: row.ip,
    userAgent: row.user_agent,
    metadata: rest,
    seq: Number(row.number) || null,
    hash: row.hash,
  };
}

// Agents may write here as well, so the text need not be JSON.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
