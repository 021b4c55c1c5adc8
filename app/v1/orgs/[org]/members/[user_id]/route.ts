import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { noContent, ok } from '@/lib/http/reply';
import { changeRole, roleChange } from '@/lib/members/change-role';
import { presentMember } from '@/lib/members/list-members';
import { leaveOrg, removeMember } from '@/lib/members/remove-member';

interface Params {
  org: string;
  user_id: string;
}

export const PATCH = endpoint<Params>(async (request, { org, user_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'members:change-role');
  const { role } = await readInput(request, roleChange);
  return ok(presentMember(await changeRole(await confirmAccess(access), { userId: user_id, role })));
});

export const DELETE = endpoint<Params>(async (request, { org, user_id }) => {
  const actor = await authenticateRequest(request);
  if (actor.userId === user_id) await leaveOrg(await authorizeOrg(actor, org, 'org:leave'));
  else await removeMember(await confirmAccess(await authorizeOrg(actor, org, 'members:remove')), user_id);
  return noContent();
});
