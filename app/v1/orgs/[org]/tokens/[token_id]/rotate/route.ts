import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { presentToken } from '@/lib/tokens/present-token';
import { rotateToken, rotation } from '@/lib/tokens/rotate-token';

export const POST = endpoint<{ org: string; token_id: string }>(async (request, { org, token_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'tokens:rotate');
  const input = await readInput(request, rotation);
  const { token, secret } = await rotateToken(await confirmAccess(access), token_id, input);
  return ok({ ...presentToken(token), token: secret });
});
