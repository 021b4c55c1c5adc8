import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg, widenAccess } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { noContent, ok } from '@/lib/http/reply';
import { changeOrg, orgChange } from '@/lib/orgs/change-org';
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
  const { name, mfa_required: mfaRequired } = await readInput(request, orgChange);
  const security =
    mfaRequired === undefined ? undefined : { mfaRequired, access: await confirmAccess(widenAccess(access, 'org:secure')) };
  return ok(presentOrg(await changeOrg({ access, name, security })));
});

export const DELETE = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:delete');
  const input = await readInput(request, orgDeletion);
  await deleteOrg(await confirmAccess(access), input);
  return noContent();
});
