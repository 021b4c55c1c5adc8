import { signAccessToken } from '../access-token';
import type { AuthServerContext } from '../auth-server-context';
import { presentUser } from '../present-user';
import { type Database, timestamp } from '../store/database';
import { insertRefreshToken } from '../store/refresh-tokens';
import { insertSession } from '../store/sessions';
import { type User, updateUser } from '../store/users';

/** A session as it stands in the file; `presentSession` turns it into tokens once the transaction is over. */
export interface IssuedSession {
  user: User;
  sessionId: string;
  refreshToken: string;
  /** The `amr` name of what has just happened; `token_refresh` for a refresh. */
  method: string;
}

/** Starts a session authenticated by `method` (an `amr` name). Call inside a transaction. */
export function issueSession(db: Database, user: User, method: string): IssuedSession {
  const session = insertSession(db, user.id, method);
  const { token } = insertRefreshToken(db, session.id);
  return { user: updateUser(db, user, { last_sign_in_at: timestamp() }), sessionId: session.id, refreshToken: token, method };
}

export interface SessionTokens {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
}

export async function signSession(server: AuthServerContext, issued: IssuedSession): Promise<SessionTokens> {
  const { token, expiresAt } = await signAccessToken(server, issued);
  return {
    access_token: token,
    token_type: 'bearer',
    expires_in: server.config.jwtLifetimeSeconds,
    expires_at: expiresAt,
    refresh_token: issued.refreshToken,
  };
}

/** The body of every successful sign-in. */
export async function presentSession(server: AuthServerContext, issued: IssuedSession) {
  return { ...(await signSession(server, issued)), user: presentUser(server.db, issued.user) };
}
