import { eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { serverSetup } from '@/db/schema';
import { config } from '@/lib/config';
import { logger } from '@/lib/log';
import { settleSetup } from './settle-setup';
import { newSetupCode } from './setup-code';
import { lockSetup } from './setup-row';

const LOOK_EVERY_MS = 15_000;

const holder = globalThis as typeof globalThis & { __pandastackSetupCode?: string };

/** The code this process printed; undefined when no owner is awaited. */
export function printedSetupCode(): string | undefined {
  return holder.__pandastackSetupCode;
}

/**
 * At start: while nobody owns an org here, prints a one-time code for /setup in the log, in place of every one before it, and looks
 * now and then whether an owner came another way. Returns what ends that.
 */
export async function openSetup(): Promise<() => void> {
  holder.__pandastackSetupCode = undefined;
  const { open } = await settleSetup();
  if (!open) return () => {};
  const made = await makeSetupCode();
  if (!made) return () => {};
  holder.__pandastackSetupCode = made.code;
  logger().warn({ event: 'setup_open' }, setupWords(made.code));
  return watch(made.hash);
}

/** Makes a new code, which ends the one before it; undefined when no owner is awaited any more. */
export async function makeSetupCode(): Promise<{ code: string; hash: string } | undefined> {
  return db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    if (setup.closedAt !== null) return undefined;
    const made = newSetupCode();
    await tx.update(serverSetup).set({ codeHash: made.hash, codeMadeAt: sql`now()` }).where(eq(serverSetup.id, setup.id));
    return made;
  });
}

/** What an operator is told to do with a code. */
export function setupWords(code: string): string {
  return `nobody owns this server yet: sign in, open ${config().dashboardUrl}/setup and enter the setup code ${code} (each start prints a new one, and only the newest counts)`;
}

function watch(printedHash: string): () => void {
  let told = false;
  const look = async () => {
    const { open, codeHash } = await settleSetup();
    if (!open) {
      clearInterval(timer);
      holder.__pandastackSetupCode = undefined;
      return logger().info({ event: 'setup_closed' }, 'this server has its first owner; the setup is closed');
    }
    if (codeHash === printedHash || told) return;
    told = true;
    logger().warn({ event: 'setup_code_replaced' }, 'another server printed a newer setup code; the one in this log has ended');
  };
  const timer = setInterval(
    () => void look().catch((error: unknown) => logger().debug({ err: error }, 'the setup is looked at again later')),
    LOOK_EVERY_MS,
  ).unref();
  return () => clearInterval(timer);
}
