import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { listMembers, presentMember } from '@/lib/members/list-members';

export { POST } from '../invites/route';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'members:read');
  const members = await listMembers(access);
  return ok(members.map(presentMember));
});
