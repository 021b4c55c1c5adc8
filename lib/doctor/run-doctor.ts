import { type Database, withConnection } from '@/db/postgres';
import { examineThroughDoor } from '@/lib/audit/operator-door';
import { type Config, type Environment, inspectConfig } from '@/lib/config';
import { checkAuthServer } from './check-auth-server';
import { checkClickhouse } from './check-clickhouse';
import { checkConfiguration } from './check-configuration';
import { checkDatabase, databaseAway } from './check-database';
import { checkProcess } from './check-process';
import { checkDataFolder, checkMail } from './check-surroundings';
import { type Check, type Finding, skipped } from './finding';

export interface Report {
  /** False: the service would refuse to start. */
  usable: boolean;
  findings: Finding[];
}

/**
 * Examines an installation: reads only, mails nobody, and goes on past whatever is broken. `lent` is the open database of the running
 * service; without it a server of its own is asked over a connection made for this.
 */
export async function runDoctor(env: Environment, lent?: Database): Promise<Report> {
  const { problems, usable } = inspectConfig(env);
  const findings = checkConfiguration(env);
  if (!usable)
    return { usable: false, findings: [...findings, skipped('world', 'nothing further can be asked without a sign-in mode')] };
  const checks = [checkAuthServer, checkStore(lent), checkClickhouse, checkServing(lent), checkMail, checkDataFolder];
  const found = await Promise.all(checks.map((check) => check({ env, config: usable })));
  return { usable: problems.length === 0, findings: [...findings, ...found.flat()] };
}

const checkStore =
  (lent: Database | undefined): Check =>
  async ({ config }) => {
    if (!lent && !config.databaseUrl) return [];
    try {
      return lent ? await checkDatabase(lent, config) : await checkDatabaseServer(config);
    } catch (error) {
      return [databaseAway(error)];
    }
  };

async function checkDatabaseServer(config: Config): Promise<Finding[]> {
  return withConnection(config.databaseUrl ?? '', (database) => checkDatabase(database, config));
}

/** Built-in stores belong to the process that serves: a command asks that one, or says that there is none to ask. */
const checkServing =
  (lent: Database | undefined): Check =>
  async ({ config }) => {
    if (lent) return checkProcess(config);
    const { databaseUrl, clickhouseUrl, dataDir } = config;
    if (databaseUrl && clickhouseUrl)
      return [skipped('proxies', 'only a running server knows how its requests come: see /admin/doctor')];
    const told = await examineThroughDoor(dataDir).catch(() => null);
    if (told) return told;
    const why = told === null ? 'the server on the data folder could not be asked' : 'no server runs on the data folder';
    const stores = [databaseUrl ? [] : ['database'], clickhouseUrl ? [] : ['clickhouse'], ['proxies']].flat();
    return stores.map((id) => skipped(id, why));
  };
