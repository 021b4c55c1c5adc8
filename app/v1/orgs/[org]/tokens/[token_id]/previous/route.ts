import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { noContent } from '@/lib/http/reply';
import { endPreviousSecret } from '@/lib/tokens/end-previous-secret';

export const DELETE = endpoint<{ org: string; token_id: string }>(async (request, { org, token_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'tokens:revoke');
  await endPreviousSecret(access, token_id);
  return noContent();
});
