import { authorizeServer } from '@/lib/access/server-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { examineAgents, presentFleet } from '@/lib/gateway/examine-agents';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeServer(actor, 'server:examine');
  return ok(presentFleet(await examineAgents(access)));
});
