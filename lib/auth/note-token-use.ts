import { inArray, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';

/** How stale last_used_at may be; one write per batch instead of one per request. */
const FLUSH_INTERVAL_MS = 5_000;
const holder = globalThis as typeof globalThis & { __pandastackUsedTokens?: { ids: Set<string>; timer: NodeJS.Timeout | null } };

function used() {
  holder.__pandastackUsedTokens ??= { ids: new Set(), timer: null };
  return holder.__pandastackUsedTokens;
}

/** Remembers that a token was used; written with the next batch. Never fails a request. */
export function noteTokenUse(tokenId: string): void {
  const pending = used();
  pending.ids.add(tokenId);
  pending.timer ??= setTimeout(() => flushTokenUse().catch(() => undefined), FLUSH_INTERVAL_MS).unref();
}

/** Writes what is remembered. Called by the timer and at shutdown; ids are kept for the next batch when Postgres is away. */
export async function flushTokenUse(): Promise<void> {
  const pending = used();
  if (pending.timer) clearTimeout(pending.timer);
  pending.timer = null;
  const ids = [...pending.ids];
  if (ids.length === 0) return;
  pending.ids.clear();
  try {
    await db().update(apiTokens).set({ lastUsedAt: sql`now()` }).where(inArray(apiTokens.id, ids));
  } catch (error) {
    for (const id of ids) pending.ids.add(id);
    throw error;
  }
}
