import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { selectRows } from '@/db/select-rows';
import { flushRequests } from './request-log';

/** What is kept of one request of /v1. */
export interface FoundRequest {
  answers: {
    at_ms: number;
    method: string;
    route: string;
    status: number;
    duration_ms: number;
    actor_id: string;
    org_id: string;
  }[];
  /** What it changed, or how it was refused: `code` of auth.refused and access.denied. */
  events: { event_id: string; action: string; actor_id: string; org_id: string; target: string; code: string }[];
}

const MOST = 20;

/** Everything that carries a request id, also what has not reached ClickHouse yet. Throws dependency_unavailable. */
export async function findRequest(requestId: string): Promise<FoundRequest> {
  await flushRequests().catch(() => {});
  const [answers, shipped, waiting] = await Promise.all([findAnswers(requestId), findShipped(requestId), findWaiting(requestId)]);
  const known = new Set(shipped.map(({ event_id }) => event_id));
  return { answers, events: [...shipped, ...waiting.filter(({ event_id }) => !known.has(event_id))] };
}

function findAnswers(id: string): Promise<FoundRequest['answers']> {
  const query = `
    SELECT toFloat64(toUnixTimestamp64Milli(ts)) AS at_ms, method, route, status, duration_ms, actor_id, workspace_id AS org_id
    FROM pandastack.http_requests WHERE request_id = {id:String} ORDER BY ts DESC LIMIT ${MOST}`;
  return selectRows(query, { id }, MOST);
}

function findShipped(id: string): Promise<FoundRequest['events']> {
  const query = `
    SELECT event_id, action, actor_id, workspace_id AS org_id, concat(target_type, ' ', target_id) AS target,
      JSONExtractString(metadata, 'code') AS code
    FROM pandastack.audit_log WHERE request_id = {id:String} ORDER BY ts DESC, event_id LIMIT 1 BY event_id LIMIT ${MOST}`;
  return selectRows(query, { id }, MOST);
}

async function findWaiting(id: string): Promise<FoundRequest['events']> {
  const rows = await db()
    .select({ id: auditOutbox.id, orgId: auditOutbox.orgId, payload: auditOutbox.payload })
    .from(auditOutbox)
    .where(sql`${auditOutbox.payload} ->> 'request_id' = ${id}`)
    .limit(MOST);
  return rows.map(({ id: event_id, orgId, payload }) => ({
    event_id,
    action: String(payload.action),
    actor_id: String(payload.actor_id),
    org_id: orgId,
    target: `${payload.target_type} ${payload.target_id}`,
    code: codeIn(payload.metadata),
  }));
}

function codeIn(metadata: unknown): string {
  const code = typeof metadata === 'string' ? JSON.parse(metadata)?.code : undefined;
  return typeof code === 'string' ? code : '';
}
