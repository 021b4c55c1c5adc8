import type { OrgAccess } from '@/lib/access/org-access';
import { type AuditEvent, type AuditQuery, listAuditEvents } from '@/lib/audit/list-audit-events';
import { asDomainError, type DomainError } from '@/lib/errors';

type Answer = { events: AuditEvent[]; nextCursor: string | null } | { refusal: DomainError };

/** The audit events of a page, or why there are none to show: ClickHouse being away leaves the rest of the page standing. */
export async function readEvents(access: OrgAccess<'audit:read'>, query: AuditQuery): Promise<Answer> {
  try {
    return await listAuditEvents(access, query);
  } catch (thrown) {
    const refusal = asDomainError(thrown);
    if (refusal.code === 'internal_error') throw thrown;
    return { refusal };
  }
}
