import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg, widenAccess } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { noContent, ok } from '@/lib/http/reply';
import { changeOrg, changesSecurity, orgChange } from '@/lib/orgs/change-org';
import { deleteOrg, orgDeletion } from '@/lib/orgs/delete-org';
import { presentOrg, viewOrg } from '@/lib/orgs/present-org';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:read');
  return ok(presentOrg(viewOrg(access)));
});

export const PATCH = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:update');
  const change = await readInput(request, orgChange);
  const secure = changesSecurity(change) ? await confirmAccess(widenAccess(access, 'org:secure')) : null;
  return ok(presentOrg(await changeOrg({ update: access, secure }, change)));
});

export const DELETE = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:delete');
  const input = await readInput(request, orgDeletion);
  await deleteOrg(await confirmAccess(access), input);
  return noContent();
});
