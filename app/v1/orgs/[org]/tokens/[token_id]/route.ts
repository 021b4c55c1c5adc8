import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { noContent } from '@/lib/http/reply';
import { revokeToken } from '@/lib/tokens/revoke-token';

export const DELETE = endpoint<{ org: string; token_id: string }>(async (request, { org, token_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'tokens:revoke');
  await revokeToken(access, token_id);
  return noContent();
});
