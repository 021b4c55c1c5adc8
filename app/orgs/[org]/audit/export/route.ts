import { exportAuditLog, exportName } from '@/lib/audit/export-audit-log';
import { csvResponse } from '@/lib/http/csv-response';
import { orgPage } from '@/lib/page/org-page';
import { auditQueryOf, readAuditFilters } from '../audit-filters';

interface ExportContext {
  params: Promise<{ org: string }>;
}

/** The page's log as a file. A link and no script: the browser writes it to disk as it comes, however long it is. */
export async function GET(request: Request, { params }: ExportContext): Promise<Response> {
  const access = await orgPage(params, 'audit:read', '/audit');
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { cursor: _, ...filters } = auditQueryOf(readAuditFilters(query));
  return csvResponse(exportAuditLog(access, filters), exportName(access));
}
