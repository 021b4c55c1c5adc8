import type { OrgAccess } from '@/lib/access/org-access';
import type { AuditEvent } from '@/lib/audit/find-events';
import { type AuditQuery, listAuditEvents } from '@/lib/audit/list-audit-events';
import { asDomainError } from '@/lib/errors';

type Answer = { events: AuditEvent[]; nextCursor: string | null } | { refusal: Refusal };

/** Plain, because an Error handed from component to component is more than text to the renderer. */
interface Refusal {
  message: string;
  hint: string | undefined;
}

/** The audit events of a page, or why there are none to show: ClickHouse being away leaves the rest of the page standing. */
export async function readEvents(access: OrgAccess<'audit:read'>, query: AuditQuery): Promise<Answer> {
  try {
    return await listAuditEvents(access, query);
  } catch (thrown) {
    const { code, message, hint } = asDomainError(thrown);
    if (code === 'internal_error') throw thrown;
    return { refusal: { message, hint } };
  }
}
