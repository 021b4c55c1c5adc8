import { unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import type { Metadata } from '../read-body';
import { type IssuedSession, issueSession } from '../sessions/issue-session';
import { inTransaction } from '../store/database';
import { insertUser } from '../store/users';
import { checkSignupEnabled } from './sign-up';

/** Lets a visitor in who says nothing about themselves; an address or a provider makes the account permanent later. */
export function signUpAnonymously(server: AuthServerContext, aud: string, data: Metadata): IssuedSession {
  if (!server.config.anonymousUsers) throw unprocessable('anonymous_provider_disabled', 'Anonymous sign-ins are disabled');
  checkSignupEnabled(server);
  return inTransaction(server.db, () => {
    const visitor = { email: null, aud, role: 'authenticated', userMetadata: data, appMetadata: {}, isAnonymous: true };
    return issueSession(server.db, insertUser(server.db, visitor), 'anonymous');
  });
}
