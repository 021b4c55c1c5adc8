import { type AuthError, badRequest } from '../auth-error';
import type { AuthServerConfig } from '../options';
import { isBanned } from '../policy/ban';
import { type Database, inTransaction, isOlderThan } from '../store/database';
import {
  findActiveRefreshToken,
  findRefreshToken,
  insertRefreshToken,
  REFRESH_TOKEN_PATTERN,
  type RefreshToken,
  revokeRefreshToken,
  revokeTokenFamily,
} from '../store/refresh-tokens';
import { findSession, markRefreshed } from '../store/sessions';
import { findUserById } from '../store/users';
import type { IssuedSession } from './issue-session';
import { expiryOf } from './session-expiry';

/** Swaps a refresh token for the next one. All its errors are HTTP 400; a detected reuse ends the token family. */
export function refreshSession(db: Database, config: AuthServerConfig, refreshToken: string): IssuedSession {
  if (!REFRESH_TOKEN_PATTERN.test(refreshToken)) throw badRequest('validation_failed', 'Refresh token is not valid');
  // A refusal must not roll back the revocation it caused, so it leaves the transaction as a value.
  const outcome = inTransaction(db, () => refreshOrRefuse(db, config, refreshToken));
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

function refreshOrRefuse(db: Database, config: AuthServerConfig, refreshToken: string): IssuedSession | AuthError {
  const token = findRefreshToken(db, refreshToken);
  const session = token && findSession(db, token.session_id);
  const user = session && findUserById(db, session.user_id);
  if (!user) return badRequest('refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found');
  if (isBanned(user)) {
    return badRequest('user_banned', 'Invalid Refresh Token: User Banned');
  }
  const expired = expiryOf({ db, config }, session, token);
  if (expired) return expired;

  const next = nextToken(db, config, token);
  if (next instanceof Error) return next;
  markRefreshed(db, session.id);
  return { user, sessionId: session.id, refreshToken: next.token, method: 'token_refresh' };
}

function nextToken(db: Database, config: AuthServerConfig, token: RefreshToken): RefreshToken | AuthError {
  if (token.revoked) {
    const active = findActiveRefreshToken(db, token.session_id);
    // The parent of the active token: the client lost our last answer, so it gets the same one again.
    if (active?.parent === token.token) return active;
    if (isOlderThan(token.updated_at, config.refreshReuseIntervalSeconds)) {
      revokeTokenFamily(db, token.session_id);
      return badRequest('refresh_token_already_used', 'Invalid Refresh Token: Already Used');
    }
  }
  revokeRefreshToken(db, token);
  return insertRefreshToken(db, token.session_id, token.token);
}
