import { authorizeServer } from '@/lib/access/server-access';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { examineServer, presentExamination } from '@/lib/doctor/examine-server';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';

export const GET = endpoint(async (request) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeServer(actor, 'server:examine');
  return ok(presentExamination(await examineServer(access)));
});
