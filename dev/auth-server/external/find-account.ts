import { findEmailOwner, isOrganizationProvider } from '../accounts/email-owner';
import { AuthError } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { findIdentity, type Identity, listIdentitiesByEmail } from '../store/identities';
import { findUserByEmail, findUserById, type User } from '../store/users';
import type { ExternalProfile } from './providers';

export type Account =
  | { kind: 'known'; user: User; identity: Identity }
  /** Somebody with the same verified address: the identity is added to them. */
  | { kind: 'linked'; user: User }
  /** The address is empty when it is unverified and somebody else's. */
  | { kind: 'new'; email: string };

/** Supabase's rules for automatic linking: by the identity itself, else by a verified address, else not at all. */
export function findAccount({ db, config }: AuthServerContext, visitor: Visitor): Account {
  const { provider, aud, profile } = visitor;
  const identity = findIdentity(db, provider, profile.subject);
  const owner = identity && findUserById(db, identity.user_id);
  if (identity && owner) return { kind: 'known', user: owner, identity };
  const email = profile.email.toLowerCase();
  if (!profile.isEmailVerified && !config.autoconfirm) {
    return { kind: 'new', email: findEmailOwner(db, email, aud) ? '' : email };
  }
  const domain = linkingDomain(provider);
  const similar = listIdentitiesByEmail(db, email).filter((other) => linkingDomain(other.provider) === domain);
  const [userId, ...others] = new Set(similar.map((other) => other.user_id));
  if (others.length > 0) {
    const message = `Multiple accounts with the same email address in the same linking domain detected: ${domain}`;
    throw new AuthError(500, 'unexpected_failure', message);
  }
  const user = userId ? findUserById(db, userId) : domain === 'default' ? findUserByEmail(db, email, aud) : undefined;
  return user ? { kind: 'linked', user } : { kind: 'new', email };
}

export interface Visitor {
  provider: string;
  aud: string;
  profile: ExternalProfile;
}

const linkingDomain = (provider: string): string => (isOrganizationProvider(provider) ? provider : 'default');
