import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput, readQuery } from '@/lib/http/read-input';
import { created, ok } from '@/lib/http/reply';
import { pageQuery } from '@/lib/input/page-query';
import { limitRate } from '@/lib/limits/limit-rate';
import { createToken, newToken } from '@/lib/tokens/create-token';
import { listTokenPage } from '@/lib/tokens/list-tokens';
import { presentToken } from '@/lib/tokens/present-token';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'tokens:read');
  const { items, nextCursor } = await listTokenPage(access, readQuery(request, pageQuery));
  return ok({ items: items.map(presentToken), next_cursor: nextCursor });
});

export const POST = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'tokens:create');
  const input = await readInput(request, newToken);
  await limitRate('tokens:create', actor);
  const { token, secret } = await createToken(await confirmAccess(access), input);
  return created({ ...presentToken(token), token: secret });
});
