import { auditEventAnswer, auditQuery } from '@/lib/audit/list-audit-events';
import { chainReportAnswer } from '@/lib/audit/present-chain-report';
import { pageOf } from '@/lib/input/answer-fields';
import type { Operation } from '../operation';

export const AUDIT: Operation[] = [
  {
    method: 'GET',
    path: '/v1/orgs/{org}/audit-log',
    id: 'listAuditEvents',
    tag: 'Audit log',
    summary: 'Read the audit log',
    description: 'Newest first, a page at a time. With `Accept: text/csv` all of it is a file, without pages.',
    who: 'audit:read',
    query: auditQuery,
    status: 200,
    answer: pageOf(auditEventAnswer),
    errors: [],
  },
  {
    method: 'GET',
    path: '/v1/orgs/{org}/audit-log/verify',
    id: 'verifyAuditLog',
    tag: 'Audit log',
    summary: 'Check that the audit log is whole',
    description: 'Walks along the chain of hashes and names the first event that is missing, altered or out of its order.',
    who: 'audit:read',
    status: 200,
    answer: chainReportAnswer,
    errors: [],
  },
];
