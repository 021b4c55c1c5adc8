import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { presentOrg } from '@/lib/orgs/present-org';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const { orgs, currentOrg } = await listOrgs(actor);
  return ok({
    user_id: actor.userId,
    email: actor.email,
    current_org: currentOrg && presentOrg(currentOrg),
    orgs: orgs.map(presentOrg),
    auth_method: actor.authMethod,
  });
});
