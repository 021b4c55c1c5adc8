import { AUDIT_ACTIONS } from '@/lib/audit/audit-actions';
import type { AuditQuery } from '@/lib/audit/list-audit-events';

export type AuditSearchParams = Record<string, string | string[] | undefined>;

/** The filters of the page as they stand in its address: days are whole days in UTC. */
export interface AuditFilters {
  action: string;
  actor: string;
  target: string;
  from: string;
  to: string;
  cursor: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an address. What it cannot mean is left out: an old or hand-written link still shows a page. */
export function readAuditFilters(query: AuditSearchParams): AuditFilters {
  const one = (name: string) => [query[name]].flat()[0] ?? '';
  const day = (name: string) => (DAY.test(one(name)) && !Number.isNaN(Date.parse(one(name))) ? one(name) : '');
  const action = AUDIT_ACTIONS.find((known) => known === one('action')) ?? '';
  const [actor, target] = [one('actor').slice(0, 255), one('target').slice(0, 255)];
  return { action, actor, target, from: day('from'), to: day('to'), cursor: one('cursor').slice(0, 255) };
}

/** The question to the audit log. The day named last belongs to the range. */
export function auditQueryOf({ action, actor, target, from, to, cursor }: AuditFilters): AuditQuery {
  const afterLast = to && new Date(Date.parse(to) + 86_400_000);
  return {
    action: AUDIT_ACTIONS.find((known) => known === action),
    actor: actor || undefined,
    target: target || undefined,
    from: from ? new Date(from) : undefined,
    to: afterLast || undefined,
    cursor: cursor || undefined,
  };
}

/** The query string of a page with these filters; '' without any. */
export function auditSearch(filters: Partial<AuditFilters>): string {
  const set = Object.entries(filters).filter(([, value]) => value !== '' && value !== undefined);
  const text = new URLSearchParams(set).toString();
  return text && `?${text}`;
}

/** The API's address of the same log, for what looks whether it has grown. */
export function auditApiPath(orgId: string, { action, actor, target }: AuditFilters): string {
  return `/v1/orgs/${orgId}/audit-log${auditSearch({ action, actor, target })}`;
}
