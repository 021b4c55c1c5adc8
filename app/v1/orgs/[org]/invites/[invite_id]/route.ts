import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { noContent } from '@/lib/http/reply';
import { revokeInvite } from '@/lib/invites/revoke-invite';

export const DELETE = endpoint<{ org: string; invite_id: string }>(async (request, { org, invite_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:revoke');
  await revokeInvite(access, invite_id);
  return noContent();
});
