import { type AuthError, badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { isOlderThan } from '../store/database';
import { hasVerifiedFactor } from '../store/factors';
import type { RefreshToken } from '../store/refresh-tokens';
import { listSessions, type Session } from '../store/sessions';

type Server = Pick<AuthServerContext, 'db' | 'config'>;

/** Why this session may not be refreshed any more; only a refresh asks, its access token lives on. */
export function expiryOf(server: Server, session: Session, token: RefreshToken): AuthError | undefined {
  const reason = reasonOf(server, session, token);
  return reason === undefined ? undefined : badRequest('session_expired', `Invalid Refresh Token: Session Expired${reason}`);
}

function reasonOf(server: Server, session: Session, token: RefreshToken): string | undefined {
  const { sessionTimeboxSeconds: timebox, sessionInactivitySeconds: inactivity, singleSession } = server.config;
  if (timebox !== undefined && isOlderThan(session.created_at, timebox)) return '';
  const lastUsed = session.refreshed_at ?? token.updated_at;
  if (inactivity !== undefined && isOlderThan(lastUsed, inactivity)) return ' (Inactivity)';
  if (isTooLow(server, session)) return ' (Low AAL: User Needs MFA Verification)';
  if (singleSession && hasNewerSession(server, session, lastUsed)) return ' (Revoked by Newer Login)';
  return undefined;
}

function isTooLow({ db, config }: Server, session: Session): boolean {
  const allowed = config.lowAssuranceSeconds;
  if (allowed === undefined || session.aal === 'aal2' || !isOlderThan(session.created_at, allowed)) return false;
  return hasVerifiedFactor(db, session.user_id);
}

function hasNewerSession({ db }: Server, session: Session, lastUsed: string): boolean {
  return listSessions(db, session.user_id).some(
    (other) => other.id !== session.id && (other.refreshed_at ?? other.created_at) > lastUsed,
  );
}
