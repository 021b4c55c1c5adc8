import { type Database, withConnection } from '@/db/postgres';
import { type Config, type Environment, inspectConfig } from '@/lib/config';
import { checkAuthServer } from './check-auth-server';
import { checkConfiguration } from './check-configuration';
import { checkDatabase } from './check-database';
import { checkClickhouse, checkDataFolder, checkMail } from './check-surroundings';
import { type Check, type Finding, skipped, trouble } from './finding';

export interface Report {
  /** False: the service would refuse to start. */
  usable: boolean;
  findings: Finding[];
}

const CHECKS: readonly Check[] = [checkAuthServer, checkDatabaseServer, checkClickhouse, checkMail, checkDataFolder];

/** Examines an installation: reads only, mails nobody, and goes on past whatever is broken. */
export async function runDoctor(env: Environment): Promise<Report> {
  const { problems, usable } = inspectConfig(env);
  const findings = checkConfiguration(env);
  if (!usable)
    return { usable: false, findings: [...findings, skipped('world', 'nothing further can be asked without a sign-in mode')] };
  const found = await Promise.all(CHECKS.map((check) => check({ env, config: usable })));
  return { usable: problems.length === 0, findings: [...findings, ...found.flat()] };
}

async function checkDatabaseServer({ config }: { config: Config }): Promise<Finding[]> {
  const { databaseUrl } = config;
  if (!databaseUrl) return [skipped('database', 'the embedded database belongs to the service')];
  try {
    return await withConnection(databaseUrl, (database: Database) => checkDatabase(database, config));
  } catch (error) {
    return [unreachable(error)];
  }
}

/** By its code alone: the driver's words may hold the address with its password. */
function unreachable(error: unknown): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return trouble('database', 'fail', {
    seen: `Postgres cannot be asked${code}`,
    expected: 'a database at PANDASTACK_DATABASE_URL that lets this service in',
    fix: 'Check host, port, user, password and name of the database in PANDASTACK_DATABASE_URL',
  });
}
