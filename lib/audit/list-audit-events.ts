import { z } from 'zod';
import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';
import { answeredTime } from '@/lib/input/answer-fields';
import { cutPage, MAX_LIMIT, pageFields, readCursor } from '@/lib/input/page-query';
import { limitConcurrency } from '@/lib/limits/limit-concurrency';
import { AUDIT_ACTIONS } from './audit-actions';

const name = z.string().min(1, 'must not be empty').max(255, 'is too long');
// ClickHouse counts time in milliseconds between 1900 and 2299, and tells what lies outside as something else.
const IN_RANGE = /^(19[7-9]|20\d)\d-.{5}T.{8}(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/;
const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z', abort: true })
  .regex(IN_RANGE, { error: 'must lie between 1970 and 2099 and be no more exact than a microsecond', abort: true })
  .transform((text) => new Date(text));
const LONGEST_RANGE_MS = 10 * 366 * 86_400_000;
/** How many questions one org may have under way in a process: ClickHouse answers a few of all orgs at a time. */
const AT_ONCE = 10;

/** The query of GET …/audit-log. `from` belongs to the range, `to` does not. */
export const auditQuery = z
  .strictObject({
    actor: name.optional(),
    action: z.enum(AUDIT_ACTIONS, 'is not an action that is recorded').optional(),
    target: name.optional(),
    from: moment.optional(),
    to: moment.optional(),
    ...pageFields,
  })
  .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], message: 'must be later than from' })
  .refine(({ from, to }) => !from || !to || to.getTime() - from.getTime() <= LONGEST_RANGE_MS, {
    path: ['to'],
    message: 'must be within ten years of from',
  });
export type AuditQuery = Partial<z.output<typeof auditQuery>>;

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
}

/** The events of an org, newest first, a page at a time. Throws validation_failed (cursor), rate_limited and dependency_unavailable. */
export async function listAuditEvents(
  access: OrgAccess<'audit:read'>,
  { limit = MAX_LIMIT / 2, cursor, ...filters }: AuditQuery = {},
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  const list = `audit log of ${access.orgId}`;
  const before = readCursor(list, cursor);
  const ask = () => findRows(access.orgId, { ...filters, before }, limit + 1);
  const rows = await limitConcurrency(`audit log of ${access.orgId}`, AT_ONCE, ask);
  const positions = rows.map((row) => ({ at: String(row.at_ms), id: row.event_id, row }));
  const { items, nextCursor } = cutPage(list, positions, limit);
  return { events: items.map(({ row }) => viewEvent(row)), nextCursor };
}

/** An event as /v1 tells it. */
export function presentAuditEvent(event: AuditEvent) {
  return {
    id: event.id,
    ts: event.at,
    actor_id: event.actorId,
    actor_type: event.actorType,
    actor_email: event.actorEmail,
    action: event.action,
    target_type: event.targetType,
    target_id: event.targetId,
    request_id: event.requestId,
    ip: event.ip,
    user_agent: event.userAgent,
    metadata: event.metadata,
  };
}

export const auditEventAnswer = z
  .object({
    id: z.string(),
    ts: answeredTime,
    actor_id: z.string().meta({ description: 'A user id, or `token:<id>`.' }),
    actor_type: z.string(),
    actor_email: z.string(),
    action: z.string(),
    target_type: z.string(),
    target_id: z.string(),
    request_id: z.string(),
    ip: z.string(),
    user_agent: z.string(),
    metadata: z.record(z.string(), z.unknown()).meta({ description: 'What was before and after, where that says something.' }),
  })
  .meta({ id: 'AuditEvent', description: 'A change somebody made in the organization.' });

type Filters = Pick<AuditQuery, 'actor' | 'action' | 'target' | 'from' | 'to'> & { before: ReturnType<typeof readCursor> };

type Row = Record<(typeof COLUMNS)[number] | 'at_ms', string>;

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
] as const;

async function findRows(orgId: string, filters: Filters, limit: number): Promise<Row[]> {
  const { conditions, parameters } = where(orgId, filters);
  const query = `
    SELECT toUnixTimestamp64Milli(ts) AS at_ms, ${COLUMNS.join(', ')}
    FROM pandastack.audit_log
    WHERE ${conditions.join(' AND ')}
    ORDER BY ts DESC, event_id DESC
    LIMIT 1 BY event_id
    LIMIT {limit:UInt32}`;
  return selectRows<Row>(query, { ...parameters, limit }, limit);
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
    add('ts <= fromUnixTimestamp64Milli({before:Int64})', { before: before.at });
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
