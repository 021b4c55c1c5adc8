import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { issueTicket, newTicket } from '@/lib/gateway/issue-ticket';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created } from '@/lib/http/reply';

export const POST = endpoint<{ sandbox: string }>(async (request, { sandbox }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'sandboxes:use');
  const input = await readInput(request, newTicket);
  const { secret, expiresAt } = await issueTicket(access, sandbox, input);
  return created({ ticket: secret, expires_at: expiresAt });
});
