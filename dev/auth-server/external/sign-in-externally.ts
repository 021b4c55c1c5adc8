import { confirmUser } from '../accounts/confirm-user';
import { dropUnconfirmed } from '../accounts/drop-unconfirmed';
import { isOrganizationProvider } from '../accounts/email-owner';
import { recordProviders } from '../accounts/record-providers';
import { type AuthError, forbidden, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { IMPLICIT_FLOW, sendConfirmation } from '../mail/send-auth-mail';
import { isBanned } from '../policy/ban';
import type { Database } from '../store/database';
import { type Identity, insertIdentity, replaceIdentityData } from '../store/identities';
import { insertUser, mergeMetadata, type User, updateUser } from '../store/users';
import { type Account, findAccount, type Visitor } from './find-account';

/**
 * The user this visitor is: found, linked or made. A refusal that comes as a value must not undo what was written;
 * one that is thrown must. Call inside a transaction.
 */
export function signInExternally(server: AuthServerContext, visitor: Visitor, redirectTo: string): User | AuthError {
  const account = findAccount(server, visitor);
  const { user, identity } = enter(server, visitor, account);
  if (isBanned(user)) throw forbidden('user_banned', 'User is banned');
  if (user.email_confirmed_at) return user;
  const own = dropUnconfirmed(server.db, user, identity);
  if (visitor.profile.isEmailVerified || server.config.autoconfirm) return confirmUser(server.db, own);
  return askForConfirmation(server, visitor, own, redirectTo);
}

interface Entered {
  user: User;
  identity: Identity;
}

function enter(server: AuthServerContext, visitor: Visitor, account: Account): Entered {
  const { db } = server;
  const { provider, profile } = visitor;
  if (account.kind === 'new') return makeAccount(server, visitor, account.email);
  if (account.kind === 'known') {
    replaceIdentityData(db, account.identity, profile.data);
    const identity = { ...account.identity, identity_data: profile.data };
    return { identity, user: takeOver(db, account.user, visitor) };
  }
  const identity = insertIdentity(db, account.user, provider, profile.data);
  return { identity, user: takeOver(db, account.user, visitor) };
}

function makeAccount({ db, config }: AuthServerContext, { provider, aud, profile }: Visitor, email: string): Entered {
  if (config.disableSignup) throw unprocessable('signup_disabled', 'Signups not allowed for this instance');
  const user = insertUser(db, {
    email: email || null,
    aud,
    role: 'authenticated',
    userMetadata: profile.data,
    appMetadata: { provider, providers: [provider] },
    isSsoUser: isOrganizationProvider(provider),
  });
  return { user, identity: insertIdentity(db, user, provider, profile.data) };
}

/** What the provider says wins over what the user had. */
function takeOver(db: Database, user: User, { profile }: Visitor): User {
  const merged = mergeMetadata(user.raw_user_meta_data, profile.data);
  return recordProviders(db, updateUser(db, user, { raw_user_meta_data: merged }));
}

function askForConfirmation(server: AuthServerContext, { provider }: Visitor, user: User, redirectTo: string): AuthError {
  if (user.email) sendConfirmation(server, user, { redirectTo, challenge: IMPLICIT_FLOW });
  const next = user.email
    ? `A confirmation email has been sent to your ${provider} email`
    : `Verify the email with ${provider} in order to sign in`;
  return unprocessable('provider_email_needs_verification', `Unverified email with ${provider}. ${next}`);
}
