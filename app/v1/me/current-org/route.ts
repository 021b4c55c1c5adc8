import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { requireUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { currentOrgChoice, setCurrentOrg } from '@/lib/orgs/set-current-org';

export const POST = endpoint(async (request) => {
  const user = requireUser(await authenticateRequest(request));
  const { org_id } = await readInput(request, currentOrgChoice);
  await setCurrentOrg(user, org_id);
  return ok({ org_id });
});
