import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { presentMe } from '@/lib/orgs/present-me';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  return ok(presentMe(actor, await listOrgs(actor)));
});
