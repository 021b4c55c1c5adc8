import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { presentOrg, viewOrg } from '@/lib/orgs/present-org';
import { orgChange, renameOrg } from '@/lib/orgs/rename-org';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:read');
  return ok(presentOrg(viewOrg(access)));
});

export const PATCH = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:update');
  const input = await readInput(request, orgChange);
  return ok(presentOrg(await renameOrg(access, input)));
});
