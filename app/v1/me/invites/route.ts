import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { confirmUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { listMyInvites, presentMyInvite } from '@/lib/invites/list-my-invites';

export const GET = endpoint(async (request) => {
  const user = await confirmUser(await authenticateRequest(request));
  const invites = await listMyInvites(user);
  return ok({ items: invites.map(presentMyInvite) });
});
