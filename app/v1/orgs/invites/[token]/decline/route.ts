import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { confirmUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { noContent } from '@/lib/http/reply';
import { emptyInput } from '@/lib/input/fields';
import { declineInvite } from '@/lib/invites/decline-invite';
import { limitGuesses } from '@/lib/invites/limit-guesses';

export const POST = endpoint<{ token: string }>(async (request, { token }) => {
  const actor = await authenticateRequest(request);
  await readInput(request, emptyInput);
  const user = await confirmUser(actor);
  await limitGuesses(actor.origin, () => declineInvite(user, token));
  return noContent();
});
