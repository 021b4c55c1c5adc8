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

/**
 * Examines an installation: reads only, mails nobody, and goes on past whatever is broken. `lent` is the open database of the running
 * service; without it a server of its own is asked over a connection made for this.
 */
export async function runDoctor(env: Environment, lent?: Database): Promise<Report> {
  const { problems, usable } = inspectConfig(env);
  const findings = checkConfiguration(env);
  if (!usable)
    return { usable: false, findings: [...findings, skipped('world', 'nothing further can be asked without a sign-in mode')] };
  const found = await Promise.all(
    [checkAuthServer, checkStore(lent), checkClickhouse, checkMail, checkDataFolder].map((check) =>
      check({ env, config: usable }),
    ),
  );
  return { usable: problems.length === 0, findings: [...findings, ...found.flat()] };
}

const checkStore =
  (lent: Database | undefined): Check =>
  async ({ config }) => {
    try {
      return lent ? await checkDatabase(lent, config) : await checkDatabaseServer(config);
    } catch (error) {
      return [unreachable(error)];
    }
  };

async function checkDatabaseServer(config: Config): Promise<Finding[]> {
  const { databaseUrl } = config;
  if (!databaseUrl) return [skipped('database', 'the embedded database belongs to the service')];
  return withConnection(databaseUrl, (database) => checkDatabase(database, config));
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
