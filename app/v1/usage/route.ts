import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { presentUsage } from '@/lib/usage/present-usage';
import { readUsage } from '@/lib/usage/read-usage';
import { usageQuery, usageRange } from '@/lib/usage/usage-range';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'usage:read');
  const range = usageRange(readQuery(request, usageQuery));
  return ok(presentUsage(range, await readUsage(access, range)));
});
