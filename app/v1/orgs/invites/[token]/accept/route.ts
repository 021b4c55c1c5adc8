import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { assureUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { emptyInput } from '@/lib/input/fields';
import { acceptInvite } from '@/lib/invites/accept-invite';
import { limitGuesses } from '@/lib/invites/limit-guesses';

export const POST = endpoint<{ token: string }>(async (request, { token }) => {
  const actor = await authenticateRequest(request);
  await readInput(request, emptyInput);
  const user = await assureUser(actor);
  const { orgId, role } = await limitGuesses(actor.origin, () => acceptInvite(user, token));
  return ok({ org_id: orgId, role });
});
