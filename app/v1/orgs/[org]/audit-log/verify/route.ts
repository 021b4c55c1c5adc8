import { authorizeOrg } from '@/lib/access/org-access';
import { presentChainReport } from '@/lib/audit/present-chain-report';
import { verifyAuditLog } from '@/lib/audit/verify-chain';
import { authenticateRequest } from '@/lib/auth/authenticate-request';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';

export const GET = endpoint<{ org: string }>(async (request, { org }) => {
  const actor = await authenticateRequest(request);
  const access = await authorizeOrg(actor, org, 'audit:read');
  return ok(presentChainReport(await verifyAuditLog(access)));
});
