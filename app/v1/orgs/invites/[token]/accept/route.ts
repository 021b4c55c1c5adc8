import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { assureUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { emptyInput } from '@/lib/input/fields';
import { acceptInvite } from '@/lib/invites/accept-invite';

export const POST = endpoint<{ token: string }>(async (request, { token }) => {
  const actor = await authenticateRequest(request);
  await readInput(request, emptyInput);
  const { orgId, role } = await acceptInvite(await assureUser(actor), token);
  return ok({ org_id: orgId, role });
});
