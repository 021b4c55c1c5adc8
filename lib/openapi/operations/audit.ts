import { auditEventAnswer, auditQuery } from '@/lib/audit/list-audit-events';
import { pageOf } from '@/lib/input/answer-fields';
import type { Operation } from '../operation';

export const AUDIT: Operation[] = [
  {
    method: 'GET',
    path: '/v1/orgs/{org}/audit-log',
    id: 'listAuditEvents',
    tag: 'Audit log',
    summary: 'Read the audit log',
    description: 'Newest first, a page at a time.',
    who: 'audit:read',
    query: auditQuery,
    status: 200,
    answer: pageOf(auditEventAnswer),
    errors: [],
  },
];
