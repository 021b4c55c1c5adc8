import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput, readQuery } from '@/lib/http/read-input';
import { created, ok } from '@/lib/http/reply';
import { pageQuery } from '@/lib/input/page-query';
import { createInvite, newInvite } from '@/lib/invites/create-invite';
import { listInvitePage } from '@/lib/invites/list-invites';
import { presentInvite, presentInviteWithSecret } from '@/lib/invites/present-invite';
import { sendInvite } from '@/lib/invites/send-invite';
import { limitRate } from '@/lib/limits/limit-rate';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:read');
  const { items, nextCursor } = await listInvitePage(access, readQuery(request, pageQuery));
  return ok({ items: items.map(presentInvite), next_cursor: nextCursor });
});

export const POST = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:create');
  const input = await readInput(request, newInvite);
  await limitRate('invites:send', actor);
  const invite = await createInvite(await confirmAccess(access), input);
  return created(presentInviteWithSecret(invite, await sendInvite(access, invite)));
});
