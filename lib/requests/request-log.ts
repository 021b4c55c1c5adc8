import { clickhouse } from '@/db/clickhouse';
import { logger, redactSecrets } from '@/lib/log';

/** One answered request of /v1, as the table `http_requests` keeps it. */
export interface RequestRow {
  /** When its answer was ready, in milliseconds since 1970. */
  ts: number;
  workspace_id: string;
  request_id: string;
  method: string;
  /** The pattern, such as /v1/orgs/{org}: never an id and never a secret. */
  route: string;
  status: number;
  duration_ms: number;
  actor_id: string;
  ip: string;
  user_agent: string;
}

/** About a minute of a busy server while ClickHouse is away; what comes on top is counted and let go. */
const MOST_WAITING = 50_000;
const MOST_AT_ONCE = 5_000;
const FLUSH_EVERY_MS = 1_000;
const MAX_BACK_OFF_MS = 30_000;

interface RequestLog {
  waiting: RequestRow[];
  timer: NodeJS.Timeout | undefined;
  writing: Promise<void> | undefined;
  failures: number;
  written: number;
  dropped: number;
}

declare global {
  var __pandastackRequestLog: RequestLog | undefined;
}

function log(): RequestLog {
  globalThis.__pandastackRequestLog ??= {
    waiting: [],
    timer: undefined,
    writing: undefined,
    failures: 0,
    written: 0,
    dropped: 0,
  };
  return globalThis.__pandastackRequestLog;
}

/** Remembers a request for the next batch. Costs the request nothing and never fails it. */
export function recordRequest(row: RequestRow): void {
  const current = log();
  if (current.waiting.length >= MOST_WAITING) {
    current.dropped += 1;
    return;
  }
  current.waiting.push(row);
  schedule(current);
}

/** Writes what waits, now. For the shutdown and for tests; throws when ClickHouse is away, and the rows wait on. */
export async function flushRequests(): Promise<void> {
  const current = log();
  clearTimeout(current.timer);
  current.timer = undefined;
  while (current.waiting.length > 0) await writeOnce(current);
}

/** What the metrics tell: rows that wait, rows written and rows let go since the start. */
export function requestLogStatistics(): { waiting: number; written: number; dropped: number } {
  const { waiting, written, dropped } = log();
  return { waiting: waiting.length, written, dropped };
}

function schedule(current: RequestLog): void {
  if (current.timer || current.writing) return; // Who writes looks again when it is through.
  const backOffMs = Math.min(MAX_BACK_OFF_MS, FLUSH_EVERY_MS * 2 ** current.failures);
  current.timer = setTimeout(() => void flushAndGoOn(current), backOffMs).unref();
}

/** A second's rows at once, and full batches as long as there are any: ClickHouse wants few inserts, not small ones one after the other. */
async function flushAndGoOn(current: RequestLog): Promise<void> {
  current.timer = undefined;
  try {
    do await writeOnce(current);
    while (current.waiting.length >= MOST_AT_ONCE);
    current.failures = 0;
    if (current.waiting.length > 0) schedule(current);
  } catch (error) {
    current.failures = Math.min(current.failures + 1, 10);
    if (current.failures === 1) logger().warn({ err: error }, 'the request log waits for ClickHouse');
    schedule(current);
  }
}

/** One batch at a time; whoever comes while one is written waits for it. */
function writeOnce(current: RequestLog): Promise<void> {
  current.writing ??= writeBatch(current).finally(() => {
    current.writing = undefined;
  });
  return current.writing;
}

async function writeBatch(current: RequestLog): Promise<void> {
  const batch = current.waiting.slice(0, MOST_AT_ONCE);
  const client = await clickhouse();
  // Here and not in the request: looking for secrets is work that nobody waits for. Programs send many requests each.
  const redacted = new Map<string, string>();
  for (const row of batch) {
    if (!redacted.has(row.user_agent)) redacted.set(row.user_agent, redactSecrets(row.user_agent));
    row.user_agent = redacted.get(row.user_agent) ?? '';
  }
  await client.insert({ table: 'pandastack.http_requests', values: batch, format: 'JSONEachRow' });
  current.waiting.splice(0, batch.length);
  current.written += batch.length;
}
