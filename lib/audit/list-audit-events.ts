import { z } from 'zod';
import type { OrgAccess } from '@/lib/access/org-access';
import { answeredTime } from '@/lib/input/answer-fields';
import { MAX_LIMIT, pageFields, readCursor, writeCursor } from '@/lib/input/page-query';
import { limitConcurrency } from '@/lib/limits/limit-concurrency';
import { AUDIT_ACTIONS } from './audit-actions';
import { type AuditEvent, findEvents } from './find-events';

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

const filterFields = {
  actor: name.optional(),
  action: z.enum(AUDIT_ACTIONS, 'is not an action that is recorded').optional(),
  target: name.optional(),
  from: moment.optional(),
  to: moment.optional(),
};
type Range = { from?: Date | undefined; to?: Date | undefined };
const inOrder = ({ from, to }: Range) => !from || !to || from < to;
const IN_ORDER = { path: ['to'], message: 'must be later than from' };
const notTooLong = ({ from, to }: Range) => !from || !to || to.getTime() - from.getTime() <= LONGEST_RANGE_MS;
const NOT_TOO_LONG = { path: ['to'], message: 'must be within ten years of from' };

/** The query of GET …/audit-log. `from` belongs to the range, `to` does not. */
export const auditQuery = z
  .strictObject({ ...filterFields, ...pageFields })
  .refine(inOrder, IN_ORDER)
  .refine(notTooLong, NOT_TOO_LONG);
/** The query of an export: all of it, so there are no pages. */
export const auditExportQuery = z.strictObject(filterFields).refine(inOrder, IN_ORDER).refine(notTooLong, NOT_TOO_LONG);
export type AuditQuery = Partial<z.output<typeof auditQuery>>;

/** The events of an org, newest first, a page at a time. Throws validation_failed (cursor), rate_limited and dependency_unavailable. */
export async function listAuditEvents(
  access: OrgAccess<'audit:read'>,
  { limit = MAX_LIMIT / 2, cursor, ...filters }: AuditQuery = {},
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  const list = `audit log of ${access.orgId}`;
  const position = readCursor(list, cursor);
  const before = position && { atMs: Number(position.at), id: position.id };
  // One more than asked for tells whether there is a next page.
  const ask = () => findEvents(access.orgId, { ...filters, before }, limit + 1);
  const { events, full } = await limitConcurrency(list, AT_ONCE, ask);
  const page = events.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = last && full ? writeCursor(list, { at: String(last.at.getTime()), id: last.id }) : null;
  return { events: page, nextCursor };
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
    seq: event.seq,
    hash: event.hash,
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
    seq: z
      .number()
      .nullable()
      .meta({ description: 'Its number in the chain of the organization; null from before there was one.' }),
    hash: z.string().meta({ description: 'What the chain says of it: docs/audit-log.md tells how to check it.' }),
  })
  .meta({ id: 'AuditEvent', description: 'A change somebody made in the organization.' });
