import { awaitDatabase } from '@/db/await-database';
import { closeClickhouse, embeddedClickhouseFolder, openClickhouse } from '@/db/clickhouse';
import { closeDatabase, embeddedDatabaseFolder } from '@/db/postgres';
import { markServing } from '@/db/serving-lock';
import { startAuditDrainer } from '@/lib/audit/drain-audit-outbox';
import { openOperatorDoor } from '@/lib/audit/operator-door';
import { startRefusalLog } from '@/lib/audit/refusal-log';
import { prefetchKeys } from '@/lib/auth/access-token';
import { canVerify } from '@/lib/auth/can-verify';
import { watchKeyDrops } from '@/lib/auth/key-drops';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { warnOfInsecureStub } from '@/lib/auth/stub-mode';
import { startMetering } from '@/lib/billing/start-metering';
import { openSetup } from '@/lib/setup/open-setup';
import { seedStubOrg } from '@/lib/setup/seed-stub-org';
import { warnOfStubRows } from '@/lib/setup/warn-of-stub-rows';
import { startObserving } from '@/lib/usage/observe-leases';
import { config } from './config';
import { lockDataDir } from './data-dir-lock';
import { productVersion } from './health/product-version';
import { startHousekeeping } from './housekeeping';
import { guardInboundHeaders } from './inbound-headers';
import { logger } from './log';
import { flushRequests } from './requests/request-log';
import { startTracing } from './tracing/start-tracing';

interface Booted {
  done: Promise<void>;
  /** What must be undone at the end, in the order it was done. */
  undo: (() => void | Promise<void>)[];
}

const holder = globalThis as typeof globalThis & { __pandastackBoot?: Booted };

/** Opens everything this process works with, once. Throws ConfigError, DataDirInUse, or what a store says. */
export function boot(): Promise<void> {
  if (!holder.__pandastackBoot) {
    const undo: Booted['undo'] = [];
    holder.__pandastackBoot = { undo, done: bootWith(undo) };
  }
  return holder.__pandastackBoot.done;
}

async function bootWith(undo: Booted['undo']): Promise<void> {
  const { databaseUrl, clickhouseUrl, dataDir, mode } = config();
  guardInboundHeaders();
  undo.push(startTracing(productVersion().version));
  if (databaseUrl === null || clickhouseUrl === null) undo.push(lockDataDir(dataDir));
  undo.push(closeDatabase);
  await awaitDatabase();
  undo.push(await markServing());
  undo.push(flushTokenUse, closeClickhouse, flushRequests);
  await openClickhouse();
  if (mode === 'stub') await seedStubOrg();
  undo.push(await openSetup());
  await warnOfStubRows();
  undo.push(await watchKeyDrops(), warnOfInsecureStub());
  for (const { stop } of [startHousekeeping(), startObserving(), startMetering()]) undo.push(stop);
  void prefetchKeys().then(canVerify); // Says so when there is nothing to verify with.
  tellWhereDataLies();
  const drainer = startAuditDrainer();
  undo.push(() => drainer.stop(), startRefusalLog());
  if (databaseUrl === null || clickhouseUrl === null) undo.push(await openDoor(dataDir));
}

/** Without it a command cannot ask this process; that is no reason not to start. */
function openDoor(dataDir: string): Promise<() => void> {
  return openOperatorDoor(dataDir).catch((error: unknown) => {
    logger().warn({ err: error }, 'the `pandastack` command cannot ask this process');
    return () => {};
  });
}

function tellWhereDataLies(): void {
  const [postgres, clickhouse] = [embeddedDatabaseFolder(), embeddedClickhouseFolder()];
  if (!postgres && !clickhouse) return;
  const move = 'PANDASTACK_DATABASE_URL and PANDASTACK_CLICKHOUSE_URL name servers instead';
  logger().info({ postgres: postgres ?? undefined, clickhouse: clickhouse ?? undefined }, `data lies on this machine; ${move}`);
}

/** Ships what the audit outbox still holds and closes the stores, the last opened first. What fails is logged. */
export async function shutdown(): Promise<void> {
  const undo = holder.__pandastackBoot?.undo ?? [];
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step();
    } catch (error) {
      logger().warn({ err: error }, 'a step of the shutdown failed');
    }
  }
}
