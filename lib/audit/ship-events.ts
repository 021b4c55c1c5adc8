import { clickhouse } from '@/db/clickhouse';
import { logger } from '@/lib/log';
import type { SealedEvent } from './chain-link';
import { releaseEvents, removeEvents, setAside } from './claim-events';

/**
 * ClickHouse's codes for "this row cannot be read": parsing of texts, dates, numbers and quoted strings, wrong types, bounds, sizes.
 * Everything else (overload, rights, disk, the network) is about ClickHouse and not about a row.
 */
const UNREADABLE = new Set([6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 130, 131, 349, 467]);

/**
 * Carries claimed events to ClickHouse and returns how many left. They are forgotten after ClickHouse has them, so a crash in between
 * delivers them twice and never loses one; the table there melts copies by event_id. A single event that ClickHouse cannot read is
 * set aside, and the others leave. Throws when ClickHouse or Postgres is away; what is left is then free again.
 */
export async function shipEvents(events: SealedEvent[]): Promise<number> {
  const refused: Refused[] = [];
  try {
    await insert(events, refused);
    // Nothing at all can be read: then it is not the rows.
    if (refused.length === events.length) throw refused[0]?.cause;
    await tellRefused(refused);
    return events.length - refused.length;
  } catch (error) {
    await releaseEvents(events);
    throw error;
  }
}

interface Refused {
  event: SealedEvent;
  cause: unknown;
}

/** Halves what cannot be read until the guilty rows are alone. */
async function insert(events: SealedEvent[], refused: Refused[]): Promise<void> {
  const client = await clickhouse();
  try {
    await client.insert({ table: 'pandastack.audit_log', values: events, format: 'JSONEachRow' });
  } catch (cause) {
    if (!isUnreadable(cause)) throw cause;
    const [event] = events;
    if (event && events.length === 1) return void refused.push({ event, cause });
    const middle = Math.ceil(events.length / 2);
    await insert(events.slice(0, middle), refused);
    return insert(events.slice(middle), refused);
  }
  await removeEvents(events);
}

async function tellRefused(refused: Refused[]): Promise<void> {
  if (refused.length === 0) return;
  await setAside(refused.map(({ event }) => event));
  for (const { event, cause } of refused) {
    const { event_id: eventId, workspace_id: orgId } = event;
    logger().error({ eventId, orgId, err: cause }, 'ClickHouse cannot read this audit event; it stays in audit_outbox');
  }
}

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : (/\bCode: (\d+)\b/.exec(error.message)?.[1] ?? '');
  return UNREADABLE.has(Number(code));
}
