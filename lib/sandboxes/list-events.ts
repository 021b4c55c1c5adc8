import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { sandboxEvents } from '@/db/schema';
import { selectRows } from '@/db/select-rows';
import type { OrgAccess } from '@/lib/access/org-access';

export const EVENTS_A_PAGE = 100;

export interface SandboxEvent {
  /** Stable within a list. */
  id: string;
  at: Date;
  type: string;
  code: string;
  message: string;
  metadata: Record<string, unknown>;
}

export interface EventPage {
  events: SandboxEvent[];
  /** Leads to those before; null after the last. */
  before: string | null;
}

/**
 * What happened to a sandbox, newest first, EVENTS_A_PAGE at a time. Agents write it to Postgres, to ClickHouse, or to both:
 * ClickHouse is asked where Postgres knows nothing. Throws dependency_unavailable.
 */
export async function listEvents(
  { org }: OrgAccess<'sandboxes:use'>,
  sandboxId: string,
  before: string | null,
): Promise<EventPage> {
  const beforeId = /^\d{1,15}$/.test(before ?? '') ? Number(before) : undefined;
  const rows = await db()
    .select()
    .from(sandboxEvents)
    .where(
      and(
        eq(sandboxEvents.sandboxId, sandboxId),
        inArray(sandboxEvents.workspaceId, [org.tenantKey, org.id]),
        beforeId === undefined ? undefined : lt(sandboxEvents.id, beforeId),
      ),
    )
    .orderBy(desc(sandboxEvents.id))
    .limit(EVENTS_A_PAGE + 1);
  if (rows.length === 0 && beforeId === undefined) return { events: await eventsInClickhouse(org, sandboxId), before: null };
  const shown = rows.slice(0, EVENTS_A_PAGE);
  const events = shown.map(({ id, type, code, message, metadata, createdAt }) => ({
    id: String(id),
    at: createdAt ?? new Date(0),
    type: type ?? '',
    code: code ?? '',
    message: message ?? '',
    metadata: metadata ?? {},
  }));
  return { events, before: rows.length > EVENTS_A_PAGE ? (events.at(-1)?.id ?? null) : null };
}

interface Row {
  at_ms: string;
  type: string;
  code: string;
  message: string;
  metadata: string;
}

async function eventsInClickhouse({ id, tenantKey }: { id: string; tenantKey: string }, sandboxId: string) {
  const rows = await selectRows<Row>(
    `SELECT toUnixTimestamp64Milli(ts) AS at_ms, type, code, message, metadata FROM pandastack.sandbox_events
     WHERE workspace_id IN {tenants:Array(String)} AND sandbox_id = {sandbox:String} ORDER BY ts DESC LIMIT {most:UInt32}`,
    { tenants: [id, tenantKey], sandbox: sandboxId, most: EVENTS_A_PAGE },
    EVENTS_A_PAGE,
  );
  return rows.map(({ at_ms, type, code, message, metadata }, index) => ({
    id: `${at_ms} ${index}`,
    at: new Date(Number(at_ms)),
    type,
    code,
    message,
    metadata: readObject(metadata),
  }));
}

function readObject(text: string): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(text || '{}');
    return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
