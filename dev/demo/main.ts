import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { eq, or, sql } from 'drizzle-orm';
import { closeClickhouse, openClickhouse } from '@/db/clickhouse';
import { closeDatabase, db, openDatabase } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { drainAuditOutbox } from '@/lib/audit/drain-audit-outbox';
import { ConfigError, config } from '@/lib/config';
import { DataDirInUse, lockDataDir } from '@/lib/data-dir-lock';
import { localSettings } from '../start/local-settings';
import { addHistory } from './history';
import { addTrail } from './trail';
import { addUsage } from './usage';

const { values } = parseArgs({ options: { org: { type: 'string' } } });

/** `npm run demo -- --org <slug or id>`: gives an org the month that a busy team would have had, so that its pages can be judged. */
async function main(): Promise<void> {
  const { env, needsAuthServer } = localSettings(join(import.meta.dirname, '..', '..'));
  const stand = needsAuthServer ? { SUPABASE_URL: 'http://localhost:9999', SUPABASE_ANON_KEY: 'sb_publishable_local' } : {};
  Object.assign(process.env, env, stand);
  const { databaseUrl, clickhouseUrl, dataDir } = config();
  // The embedded ClickHouse lets one process in: the product must be stopped meanwhile.
  const unlock = databaseUrl === null || clickhouseUrl === null ? lockDataDir(dataDir) : () => {};
  await openDatabase();
  await openClickhouse();
  const org = await chosenOrg(values.org);
  await addHistory(org.id);
  await addTrail(org.id);
  await addUsage(org.id);
  await drainAuditOutbox();
  console.log(`${org.name} (${org.slug}) has a month of requests, sandbox starts, readings, usage and audit events now.`);
  await closeClickhouse();
  await closeDatabase();
  await unlock();
}

async function chosenOrg(named: string | undefined) {
  const which = named === undefined ? undefined : or(eq(orgs.slug, named), eq(sql`${orgs.id}::text`, named));
  const [org] = await db().select().from(orgs).where(which).orderBy(orgs.createdAt).limit(1);
  if (org) return org;
  throw new Error(
    named ? `There is no organization "${named}"` : 'There is no organization yet: start the product and create one',
  );
}

main().catch(async (error: unknown) => {
  const known = error instanceof DataDirInUse || error instanceof ConfigError;
  console.error(known ? `${error.message}${error instanceof DataDirInUse ? ': stop it first' : ''}` : error);
  await closeClickhouse();
  await closeDatabase();
  process.exit(1);
});
