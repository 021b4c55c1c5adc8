import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { presentOffboarding, previewOffboarding } from '@/lib/members/preview-offboarding';

export const GET = endpoint<{ org: string; user_id: string }>(async (request, { org, user_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, actor.userId === user_id ? 'org:leave' : 'members:remove');
  return ok(presentOffboarding(await previewOffboarding(access, user_id)));
});
