import * as client from 'openid-client';
import { logger } from '@/lib/log';
import { ProviderMisbehaved } from './bounded-fetch';
import { oidcProvider } from './provider';
import { failureOf } from './provider-error';
import { type RefreshOutcome, refreshUnderLease } from './refresh-lease';
import type { OidcSession } from './session';
import { sessionAfterRefresh } from './session-from-tokens';

const holder = globalThis as typeof globalThis & { __pandastackOidcRefreshes?: Map<string, Promise<RefreshOutcome>> };

/** Trades a session's refresh token for a new session, once however many requests and replicas ask. Never throws. */
export function refreshOnce(session: OidcSession): Promise<RefreshOutcome> {
  const token = session.refreshToken;
  if (token === null) return Promise.resolve({ kind: 'ended' });
  holder.__pandastackOidcRefreshes ??= new Map();
  const running = holder.__pandastackOidcRefreshes;
  const known = running.get(token);
  if (known) return known;
  const outcome = refreshUnderLease(token, () => refresh(session, token))
    .catch((error: unknown): RefreshOutcome => {
      logger().warn({ err: error }, 'a session could not be refreshed');
      return { kind: 'outage' };
    })
    .finally(() => running.delete(token));
  running.set(token, outcome);
  return outcome;
}

async function refresh(session: OidcSession, token: string): Promise<RefreshOutcome> {
  try {
    const provider = await oidcProvider();
    const tokens = await client.refreshTokenGrant(provider, token);
    return { kind: 'session', session: sessionAfterRefresh(provider, session, tokens) };
  } catch (error) {
    if (failureOf(error) === 'ended' || error instanceof ProviderMisbehaved) return { kind: 'ended' };
    logger().warn({ err: error }, 'the OpenID Connect provider did not refresh a session');
    return { kind: 'outage' };
  }
}
