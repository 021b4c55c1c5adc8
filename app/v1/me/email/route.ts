import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { confirmUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { emptyInput } from '@/lib/input/fields';
import { updateEmail } from '@/lib/members/update-email';

export const POST = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  await readInput(request, emptyInput);
  const user = await confirmUser(actor);
  await updateEmail(user);
  return ok({ email: user.verifiedEmail });
});
