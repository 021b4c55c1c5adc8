import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { metricsQuery, metricsRange } from '@/lib/metrics/metrics-range';
import { readOverview } from '@/lib/metrics/read-overview';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'metrics:read');
  const range = metricsRange(readQuery(request, metricsQuery));
  return ok({ ...range, series: await readOverview(access, range) });
});
