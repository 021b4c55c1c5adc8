import { createHash } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { oidcRefreshes } from '@/db/schema';
import { seal, unseal } from './seal';
import { asSession, type OidcSession } from './session';

/** `ended`: the provider refused for good. `outage`: nobody could say. */
export type RefreshOutcome = { kind: 'session'; session: OidcSession } | { kind: 'ended' } | { kind: 'outage' };

/** Longer than the provider is waited for, so that a lease ends only when its holder is gone. */
const LEASE_SECONDS = 15;
const WAIT_MS = 12_000;
const POLL_MS = 100;
/** Requests that left the browser before its cookies changed, and browsers that lost the answer, still carry the old token. */
const KEEP_SECONDS = { session: 300, ended: 300, outage: 3 } as const;

/**
 * Lets one of all replicas ask the provider and hands its outcome to the others. No connection is held while the provider
 * thinks: a slow one would use up the pool. Throws when Postgres is away; then nobody asks.
 */
export async function refreshUnderLease(refreshToken: string, ask: () => Promise<RefreshOutcome>): Promise<RefreshOutcome> {
  const hash = createHash('sha256').update(refreshToken).digest('hex');
  const giveUpAt = Date.now() + WAIT_MS;
  while (Date.now() < giveUpAt) {
    if (await claim(hash)) return settle(hash, await ask());
    const outcome = await findOutcome(hash);
    if (outcome) return outcome;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return { kind: 'outage' };
}

/** Ends a refresh token for every replica, also where the provider has no way to revoke it. `until`: seconds since 1970. */
export async function endRefreshToken(refreshToken: string, until: number): Promise<void> {
  const tokenHash = createHash('sha256').update(refreshToken).digest('hex');
  const ended = { outcome: await seal('refresh', { kind: 'ended' }), expiresAt: new Date(until * 1000) };
  await db()
    .insert(oidcRefreshes)
    .values({ tokenHash, ...ended })
    .onConflictDoUpdate({ target: oidcRefreshes.tokenHash, set: ended });
}

async function claim(tokenHash: string): Promise<boolean> {
  const expiresAt = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
  const claimed = await db()
    .insert(oidcRefreshes)
    .values({ tokenHash, expiresAt })
    .onConflictDoUpdate({
      target: oidcRefreshes.tokenHash,
      set: { outcome: null, expiresAt },
      setWhere: lt(oidcRefreshes.expiresAt, sql`now()`),
    })
    .returning({ tokenHash: oidcRefreshes.tokenHash });
  return claimed.length > 0;
}

async function findOutcome(tokenHash: string): Promise<RefreshOutcome | null> {
  const [row] = await db()
    .select({ outcome: oidcRefreshes.outcome })
    .from(oidcRefreshes)
    .where(eq(oidcRefreshes.tokenHash, tokenHash));
  if (!row?.outcome) return null;
  return asOutcome(await unseal('refresh', row.outcome));
}

function asOutcome(value: unknown): RefreshOutcome {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return { kind: 'outage' };
  if (value.kind === 'ended') return { kind: 'ended' };
  const session = value.kind === 'session' && 'session' in value ? asSession(value.session) : null;
  return session ? { kind: 'session', session } : { kind: 'outage' };
}

async function settle(tokenHash: string, outcome: RefreshOutcome): Promise<RefreshOutcome> {
  const expiresAt = sql`now() + make_interval(secs => ${KEEP_SECONDS[outcome.kind]})`;
  await db()
    .update(oidcRefreshes)
    .set({ outcome: await seal('refresh', outcome), expiresAt })
    // A sign-out in the meantime has the last word.
    .where(and(eq(oidcRefreshes.tokenHash, tokenHash), isNull(oidcRefreshes.outcome)));
  await db().delete(oidcRefreshes).where(lt(oidcRefreshes.expiresAt, sql`now() - interval '1 hour'`));
  return outcome;
}
