import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created, ok } from '@/lib/http/reply';
import { createInvite, newInvite } from '@/lib/invites/create-invite';
import { listInvites } from '@/lib/invites/list-invites';
import { presentInvite, presentInviteWithSecret } from '@/lib/invites/present-invite';
import { sendInvite } from '@/lib/invites/send-invite';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:read');
  const invites = await listInvites(access);
  return ok({ items: invites.map(presentInvite), next_cursor: null });
});

export const POST = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:create');
  const input = await readInput(request, newInvite);
  const invite = await createInvite(await confirmAccess(access), input);
  return created(presentInviteWithSecret(invite, await sendInvite(access, invite)));
});
