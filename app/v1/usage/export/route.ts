import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { csvResponse } from '@/lib/http/csv-response';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { exportUsage, usageExportName } from '@/lib/usage/export-usage';
import { usageExportQuery, usageRange } from '@/lib/usage/usage-range';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'usage:read');
  const range = usageRange(readQuery(request, usageExportQuery));
  return csvResponse(exportUsage(access, range), usageExportName(access, range));
});
