import { z } from 'zod';
import type { OrgAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';
import { AUDIT_ACTIONS } from './audit-actions';
import { type AuditEvent, findEvents, type Position } from './find-events';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

const name = z.string().min(1, 'must not be empty').max(255, 'is too long');
const moment = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text));

/** The query of GET …/audit-log. `from` belongs to the range, `to` does not. */
export const auditQuery = z.strictObject({
  actor: name.optional(),
  action: z.enum(AUDIT_ACTIONS, 'is not an action that is recorded').optional(),
  target: name.optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: z.coerce.number().int('must be a whole number').min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(255).optional(),
});
/** The query of an export: all of it, so there are no pages. */
export const auditExportQuery = auditQuery.omit({ limit: true, cursor: true });
export type AuditQuery = Partial<z.output<typeof auditQuery>>;

/** The events of an org, newest first, a page at a time. Throws validation_failed (cursor) and dependency_unavailable. */
export async function listAuditEvents(
  access: OrgAccess<'audit:read'>,
  { limit = DEFAULT_LIMIT, cursor, ...filters }: AuditQuery = {},
): Promise<{ events: AuditEvent[]; nextCursor: string | null }> {
  const pageSize = Math.min(limit, MAX_LIMIT);
  const before = cursor === undefined ? undefined : readCursor(cursor);
  // One more than asked for tells whether there is a next page.
  const { events, full } = await findEvents(access.orgId, { ...filters, before }, pageSize + 1);
  const page = events.slice(0, pageSize);
  const last = page.at(-1);
  return { events: page, nextCursor: last && full ? writeCursor(last) : null };
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

function writeCursor({ at, id }: AuditEvent): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

function readCursor(cursor: string): Position {
  const [, atMs, id] = /^(\d{1,15}) ([\w-]{0,64})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (atMs !== undefined && id !== undefined) return { atMs: Number(atMs), id };
  const fields = [{ path: 'cursor', message: 'is not one that this list has given' }];
  throw new DomainError('validation_failed', 'cursor: is not one that this list has given', { fields });
}
