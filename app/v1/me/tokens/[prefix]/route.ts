import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { noContent } from '@/lib/http/reply';
import { revokeTokenByPrefix } from '@/lib/tokens/revoke-token';

export const DELETE = endpoint<{ prefix: string }>(async (request, { prefix }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'tokens:revoke');
  await revokeTokenByPrefix(access, prefix);
  return noContent();
});
