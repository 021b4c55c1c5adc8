import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { presentOrg } from '@/lib/orgs/present-org';
import { orgTransfer, transferOrg } from '@/lib/orgs/transfer-org';

export const POST = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'org:transfer');
  const { user_id } = await readInput(request, orgTransfer);
  return ok(presentOrg(await transferOrg(await confirmAccess(access), user_id)));
});
