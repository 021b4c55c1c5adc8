import { type Refusal, tellRefusal } from '@/lib/auth/refusal-listener';
import { type RequestHead, requestOrigin } from '@/lib/auth/request-origin';
import { type RequestTrace, traceOf } from '@/lib/auth/request-trace';
import { recordRequest } from '@/lib/requests/request-log';

interface Answered {
  method: string;
  /** The route by its name, such as /v1/orgs/{org}. */
  route: string;
  status: number;
  /** A reading of performance.now(). */
  startedAt: number;
}

/** Leaves a row of a request of /v1 in the request log. Probes and metrics leave none. */
export function logRequest(request: RequestHead, { method, route, status, startedAt }: Answered): void {
  if (!route.startsWith('/v1/')) return;
  const origin = requestOrigin(request);
  const trace = traceOf(origin);
  const { actorId, orgId } = trace;
  const refusal = refusalOf(trace);
  if (refusal) tellRefusal({ ...refusal, route, origin, actorId });
  recordRequest({
    ts: Date.now(),
    workspace_id: orgId,
    request_id: origin.requestId,
    method,
    route,
    status,
    duration_ms: Math.round(performance.now() - startedAt),
    actor_id: actorId,
    ip: origin.ip,
    user_agent: origin.userAgent,
  });
}

/** What the audit trail should hear of. A request without any credential is no attempt. */
function refusalOf({ refusal, askedOrgId }: RequestTrace): Pick<Refusal, 'code' | 'kind' | 'orgId'> | undefined {
  if (!refusal || refusal.code === 'missing_token') return undefined;
  if (refusal.status === 401) return { code: refusal.code, kind: 'credential', orgId: askedOrgId };
  if (refusal.status === 403) return { code: refusal.code, kind: 'permission', orgId: askedOrgId };
  return undefined;
}
