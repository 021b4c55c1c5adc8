import { confirmAccess } from '@/lib/access/confirm-access';
import { authorizeOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { emptyInput } from '@/lib/input/fields';
import { presentInviteWithSecret } from '@/lib/invites/present-invite';
import { resendInvite } from '@/lib/invites/resend-invite';
import { sendInvite } from '@/lib/invites/send-invite';
import { limitRate } from '@/lib/limits/limit-rate';

export const POST = endpoint<{ org: string; invite_id: string }>(async (request, { org, invite_id }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'invites:create');
  await readInput(request, emptyInput);
  await limitRate('invites:send', actor);
  const invite = await resendInvite(await confirmAccess(access), invite_id);
  return ok(presentInviteWithSecret(invite, await sendInvite(access, invite)));
});
