import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { clickhouse, closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { closeDatabase, migrateDatabaseAt, openDatabaseAt } from '@/db/postgres';
import { authorizeOrg } from '@/lib/access/org-access';
import { exportAuditLog } from '@/lib/audit/export-audit-log';
import { foundOrg, record } from '@/lib/audit/fixtures/audited-org';
import { drainByTwo, fillOutbox, seenOf } from '@/lib/audit/fixtures/backlog';
import { outboxBacklog } from '@/lib/audit/outbox-backlog';
import { verifyChain } from '@/lib/audit/verify-chain';

// npm run scale:audit -- --events 1000000: an outage of ClickHouse with so many events in the outbox, on stores of its own. Tells
// whether all of them arrive once, in order and chained, what business changes felt of it, and how much memory it took.

const options = new Command()
  .option('--events <n>', 'how many wait in the outbox', Number, 1_000_000)
  .option('--export <n>', 'how many the exported log has', Number, 1_000_000);
const { events, export: exported } = options.parse().opts<{ events: number; export: number }>();
const folder = mkdtempSync(join(tmpdir(), 'pandastack-scale-'));

async function main(): Promise<void> {
  const postgres = await startEmbeddedPostgres(folder);
  await migrateDatabaseAt(postgres.url);
  await openDatabaseAt(postgres.url);
  const owner = await foundOrg();
  // One org has half of them, as in life.
  const orgIds = [...Array.from({ length: 4 }, () => randomUUID()), ...Array.from({ length: 4 }, () => owner.orgId)];

  const calm = await business(owner, 200);
  await timed(`${events} events into the outbox`, () => fillOutbox(orgIds, events));
  const before = process.memoryUsage().rss;
  await openClickhouseAt({ folder: join(folder, 'clickhouse') });

  const watch = watchMemory();
  const work = { going: true, latencies: [] as number[] };
  const busy = keepBusy(owner, work);
  const shipped = await timed('drained by two at once', drainByTwo);
  work.going = false;
  await busy;
  await drainByTwo();
  console.log(`shipped by each: ${shipped.join(', ')}; rss before ${mb(before)}, at most ${mb(watch.stop())}`);
  console.log(`a change took (p50, p99): ${percentiles(calm)} before, ${percentiles(work.latencies)} while draining`);
  await judge(orgIds, 200 + work.latencies.length);
  await exportAll();
  await closeClickhouse();
  await closeDatabase();
  await postgres.stop();
}

async function judge(orgIds: string[], extra: number): Promise<void> {
  const { waiting } = await outboxBacklog();
  let seen = 0;
  let sound = waiting === 0;
  for (const orgId of new Set(orgIds)) {
    const { events: count, different, inOrder, last } = await seenOf(orgId);
    const report = await timed(`chain of ${count} verified`, () => verifyChain(orgId));
    seen += count;
    sound &&= count === different && count === last && report.intact && report.verified === count;
    // The changes made meanwhile are younger than what is still behind them, and were sealed as they came.
    console.log(`${orgId}: ${count} events, ${different} different, last number ${last}, numbers follow times: ${inOrder}`);
  }
  sound &&= seen === events + extra;
  console.log(sound ? `sound: ${seen} of ${events + extra} events, each once` : `NOT sound: ${seen} of ${events + extra}`);
  if (!sound) process.exitCode = 1;
}

/** A log of that length made in ClickHouse itself, exported as the route does it. */
async function exportAll(): Promise<void> {
  const { orgId, actor } = await foundOrg();
  await timed('a log made to export', () => makeLog(orgId));
  const access = await authorizeOrg(actor, orgId, 'audit:read');
  const watch = watchMemory();
  let bytes = 0;
  let lines = 0;
  const memory = [process.memoryUsage().rss];
  await timed('exported as CSV', async () => {
    for await (const piece of exportAuditLog(access, {})) {
      bytes += Buffer.byteLength(piece);
      lines += piece.split('\r\n').length - 1;
      if (lines > (memory.length * exported) / 10) memory.push(process.memoryUsage().rss);
    }
  });
  console.log(`${lines} lines, ${mb(bytes)}; rss at most ${mb(watch.stop())}; on the way ${memory.map(mb).join(', ')}`);
}

async function makeLog(orgId: string): Promise<void> {
  const query = `
    INSERT INTO pandastack.audit_log (ts, workspace_id, event_id, actor_id, actor_type, action, target_type, target_id, metadata, hash)
    SELECT now64(3) - toIntervalMillisecond(number), '${orgId}', toString(generateUUIDv4()), toString(generateUUIDv4()), 'user',
      'token.created', 'token', toString(number), '{"label":"laptop","actor_email":"ada@example.com"}', hex(SHA256(toString(number)))
    FROM numbers(${exported})`;
  await (await clickhouse()).command({ query });
}

async function business({ orgId, actor }: Awaited<ReturnType<typeof foundOrg>>, times: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await record(orgId, actor, 'org.renamed');
    latencies.push(performance.now() - startedAt);
  }
  return latencies;
}

async function keepBusy(
  owner: Awaited<ReturnType<typeof foundOrg>>,
  work: { going: boolean; latencies: number[] },
): Promise<void> {
  while (work.going) {
    work.latencies.push(...(await business(owner, 1)));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function watchMemory(): { stop: () => number } {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}

function percentiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `${at(0.5).toFixed(1)} ms, ${at(0.99).toFixed(1)} ms`;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}

await main().finally(() => rmSync(folder, { recursive: true, force: true }));
