import { type Config, config, type Environment } from '@/lib/config';
import { logger } from '@/lib/log';
import { checkAuthServer } from './check-auth-server';
import { checkClickhouse } from './check-clickhouse';
import { checkConfiguration } from './check-configuration';
import { checkTransport } from './check-database';
import { checkOpenFiles } from './check-open-files';
import type { Finding } from './finding';

/**
 * At a start: has the doctor look at what can be seen without the database, and logs each thing to act on as a warning. Nobody waits
 * for it, and it never throws: what must stop a start has stopped it already.
 */
export async function tellFindings(env: Environment): Promise<void> {
  try {
    for (const finding of await examine(env, config())) tell(finding);
  } catch (error) {
    logger().warn({ err: error }, 'the surroundings could not be examined');
  }
}

async function examine(env: Environment, usable: Config): Promise<Finding[]> {
  const asked = await Promise.all([checkAuthServer, checkClickhouse].map((check) => check({ env, config: usable })));
  return [...checkConfiguration(env), ...checkTransport(usable), ...checkOpenFiles(), ...asked.flat()];
}

function tell({ id, status, seen, expected, fix, command }: Finding): void {
  if (status !== 'warn' && status !== 'fail') return;
  logger().warn({ event: 'finding', finding: id, expected, fix, ...(command !== null && { command }) }, seen);
}
