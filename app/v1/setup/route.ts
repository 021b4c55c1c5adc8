import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { assureUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created } from '@/lib/http/reply';
import { limitRate } from '@/lib/limits/limit-rate';
import { presentOrg } from '@/lib/orgs/present-org';
import { claimSetup, setupClaim } from '@/lib/setup/claim-setup';

export const POST = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const input = await readInput(request, setupClaim);
  await limitRate('setup:claim', actor);
  const user = await assureUser(actor);
  return created(presentOrg(await claimSetup(user, input)));
});
