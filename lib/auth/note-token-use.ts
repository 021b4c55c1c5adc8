import { inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';

/** How stale last_used_at may be; one write per batch instead of one per request. */
const FLUSH_INTERVAL_MS = 5_000;

interface PendingUses {
  /** Digests of the secrets used since the last batch: they tell a token's current secret from its previous one, also after a rotation. */
  used: Set<string>;
  /** Digests the last batch passed over. */
  again: Set<string>;
  timer: NodeJS.Timeout | null;
}

const holder = globalThis as typeof globalThis & { __pandastackUsedTokens?: PendingUses };

function uses(): PendingUses {
  holder.__pandastackUsedTokens ??= { used: new Set(), again: new Set(), timer: null };
  return holder.__pandastackUsedTokens;
}

/** Remembers that the secret with this digest was used; written with the next batch. Never fails a request. */
export function noteTokenUse(hash: string): void {
  uses().used.add(hash);
  scheduleFlush();
}

function scheduleFlush(): void {
  uses().timer ??= setTimeout(() => flushTokenUse().catch(() => undefined), FLUSH_INTERVAL_MS).unref();
}

/** Writes what is remembered, current and previous secrets apart. Called by the timer and at shutdown; kept for the next batch when Postgres is away. */
export async function flushTokenUse(): Promise<void> {
  const pending = uses();
  if (pending.timer) clearTimeout(pending.timer);
  pending.timer = null;
  const { used, again } = pending;
  if (used.size + again.size === 0) return;
  pending.used = new Set();
  pending.again = new Set();
  try {
    const written = await writeUses([...used, ...again]);
    // What is still missing after a second batch belongs to a token that is gone.
    pending.again = new Set([...used].filter((hash) => !written.has(hash)));
    if (pending.again.size > 0) scheduleFlush();
  } catch (error) {
    pending.used = new Set([...pending.used, ...used, ...again]);
    throw error;
  }
}

/** Rows that somebody is changing are passed over, so that this batch and a removal of several tokens never wait for each other. */
async function writeUses(hashes: string[]): Promise<Set<string>> {
  const isUsed = (column: PgColumn) => sql`${column} = any(${sql.param(hashes)}::text[])`;
  const nowIfUsed = (column: PgColumn, at: PgColumn): SQL => sql`case when ${isUsed(column)} then now() else ${at} end`;
  const free = db()
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(or(isUsed(apiTokens.tokenHash), isUsed(apiTokens.previousTokenHash)))
    .for('no key update', { skipLocked: true });
  const rows = await db()
    .update(apiTokens)
    .set({
      lastUsedAt: nowIfUsed(apiTokens.tokenHash, apiTokens.lastUsedAt),
      previousLastUsedAt: nowIfUsed(apiTokens.previousTokenHash, apiTokens.previousLastUsedAt),
    })
    .where(inArray(apiTokens.id, free))
    .returning({ current: apiTokens.tokenHash, previous: apiTokens.previousTokenHash });
  return new Set(rows.flatMap(({ current, previous }) => (previous === null ? [current] : [current, previous])));
}
