import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { createInvites, newInvites, presentOutcome } from '@/lib/invites/create-invites';
import { limitRate } from '@/lib/limits/limit-rate';

export const POST = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:create');
  const { invites } = await readInput(request, newInvites);
  await limitRate('invites:send', actor);
  const outcomes = await createInvites(await confirmAccess(access), invites);
  return ok({ items: outcomes.map(presentOutcome) });
});
