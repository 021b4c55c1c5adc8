import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { metricsQuery, metricsRange } from '@/lib/metrics/metrics-range';
import { readSandboxMetrics } from '@/lib/metrics/read-sandbox-metrics';

export const GET = endpoint<{ id: string }>(async (request, { id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'metrics:read');
  const range = metricsRange(readQuery(request, metricsQuery));
  return ok({ ...range, series: await readSandboxMetrics(access, id, range) });
});
