import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { confirmUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readQuery } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { pageQuery } from '@/lib/input/page-query';
import { listMyInvites, presentMyInvite } from '@/lib/invites/list-my-invites';

export const GET = endpoint(async (request) => {
  const user = await confirmUser(await authenticateRequest(request));
  const { items, nextCursor } = await listMyInvites(user, readQuery(request, pageQuery));
  return ok({ items: items.map(presentMyInvite), next_cursor: nextCursor });
});
