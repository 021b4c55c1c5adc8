import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { assureUser } from '@/lib/auth/confirm-user';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created, ok } from '@/lib/http/reply';
import { limitRate } from '@/lib/limits/limit-rate';
import { createOrg, newOrg } from '@/lib/orgs/create-org';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { presentOrg } from '@/lib/orgs/present-org';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const { orgs } = await listOrgs(actor);
  return ok(orgs.map(presentOrg));
});

export const POST = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const input = await readInput(request, newOrg);
  await limitRate('orgs:create', actor);
  const user = await assureUser(actor);
  return created(presentOrg(await createOrg(user, input)));
});
