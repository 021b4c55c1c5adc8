import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created, ok } from '@/lib/http/reply';
import { createToken, newToken } from '@/lib/tokens/create-token';
import { listTokens } from '@/lib/tokens/list-tokens';
import { presentToken } from '@/lib/tokens/present-token';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'tokens:read');
  const tokens = await listTokens(access);
  return ok({ items: tokens.map(presentToken), next_cursor: null });
});

export const POST = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'tokens:create');
  const input = await readInput(request, newToken);
  const { token, secret } = await createToken(await confirmAccess(access), input);
  return created({ ...presentToken(token), token: secret });
});
