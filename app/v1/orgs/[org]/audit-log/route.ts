import { authorizeOrg } from '@/lib/access/org-access';
import { exportAuditLog, exportName } from '@/lib/audit/export-audit-log';
import { auditExportQuery, auditQuery, listAuditEvents, presentAuditEvent } from '@/lib/audit/list-audit-events';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { csvResponse, wantsCsv } from '@/lib/http/csv-response';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'audit:read');
  if (wantsCsv(request)) {
    const filters = readQuery(request, auditExportQuery);
    return csvResponse(exportAuditLog(access, filters), exportName(access));
  }
  const { events, nextCursor } = await listAuditEvents(access, readQuery(request, auditQuery));
  return ok({ items: events.map(presentAuditEvent), next_cursor: nextCursor });
});
