import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError, type ConfigProblem, config } from '@/lib/config';
import { logger } from '@/lib/log';
import { MadeByNewerBuild, ServerTooOld } from './migrate';
import { openDatabase } from './postgres';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** A server that is away, starting, stopping or full: it comes back, and the process waits for it. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|CONNECT_TIMEOUT|CONNECTION_\w+|08\w{3}|57P0[1-3]|53300)$/;

/** What no waiting mends, told as what it is. */
const MISTAKES: [RegExp, Omit<ConfigProblem, 'variable'>][] = [
  [
    /^28P01$/,
    { problem: 'names a password that the server refuses', fix: 'Correct the password; percent-encode special characters in it' },
  ],
  [
    /^28\w{3}$/,
    { problem: 'names a role that the server does not let in', fix: 'Correct the role, or pg_hba.conf of the server' },
  ],
  [/^3D000$/, { problem: 'names a database that is not there', fix: 'Correct the name, or create it: CREATE DATABASE …' }],
  [
    /^42501$/,
    { problem: 'names a role that may not create or alter tables', fix: 'Make it the owner of the database and its tables' },
  ],
];

const TOO_OLD = { problem: 'names a Postgres older than 14', fix: 'Upgrade the server' };

/** PgBouncer's word for a start-up setting it does not pass on; its code is also that of mishaps that pass. */
const REFUSED_SETTING = /unsupported startup parameter/;
const POOLER = {
  problem: 'names a pooler that does not take our start-up settings',
  fix: 'Add ?pooler=transaction to it, or name the database itself; the role then needs ALTER ROLE … SET statement_timeout',
};

const NEWER = {
  problem: 'names a database that a newer build of PandaStack has migrated',
  fix: 'Start that build, or restore a backup from before it',
};

/**
 * openDatabase(), waiting for a server that is away for as long as it takes. Throws ConfigError for what waiting does not mend, and
 * whatever else goes wrong as it is.
 */
export async function awaitDatabase(): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    try {
      return await openDatabase();
    } catch (error) {
      if (error instanceof MadeByNewerBuild) throw mistaken(NEWER);
      if (error instanceof ServerTooOld) throw mistaken(TOO_OLD);
      if (config().databaseUrl === null) throw error;
      const { code, message } = causeOf(error);
      if (REFUSED_SETTING.test(message)) throw mistaken(POOLER);
      if (!AWAY.test(code)) throw asMistake(code) ?? error;
      logger().warn({ code }, 'PANDASTACK_DATABASE_URL: Postgres does not answer; trying again');
    }
    // Replicas that lost one server must not come back to it in step.
    await pause(wait * (0.5 + Math.random() / 2));
  }
}

function asMistake(code: string): ConfigError | undefined {
  const [, mistake] = MISTAKES.find(([pattern]) => pattern.test(code)) ?? [];
  return mistake && mistaken(mistake);
}

function mistaken(mistake: Omit<ConfigProblem, 'variable'>): ConfigError {
  return new ConfigError([{ variable: 'PANDASTACK_DATABASE_URL', ...mistake }]);
}

/** Drizzle wraps what the driver throws. */
function causeOf(error: unknown): { code: string; message: string } {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause) return { code: String(cause.code), message: cause.message };
  }
  return { code: '', message: '' };
}
