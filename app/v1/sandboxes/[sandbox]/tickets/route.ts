import { authorizeCurrentOrg } from '@/lib/access/org-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { issueTicket, newTicket, presentTicket } from '@/lib/gateway/issue-ticket';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { created } from '@/lib/http/reply';

export const POST = endpoint<{ sandbox: string }>(async (request, { sandbox }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeCurrentOrg(actor, request.headers.get('x-pandastack-org'), 'terminals:open');
  const input = await readInput(request, newTicket);
  return created(presentTicket(await issueTicket(access, sandbox, input)));
});
