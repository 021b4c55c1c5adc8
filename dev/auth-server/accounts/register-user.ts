import type { Metadata } from '../read-body';
import type { Database } from '../store/database';
import { insertEmailIdentity } from '../store/identities';
import { insertUser, type User } from '../store/users';

export const DEFAULT_ROLE = 'authenticated';

export interface Registration {
  id?: string;
  email: string;
  aud: string;
  /** Undefined for an invited user, who has no password yet. */
  passwordHash?: string;
  data: Metadata;
  /** What the email identity repeats of `data`: all of it on sign-up, nothing otherwise. */
  identityData?: Metadata;
}

/** A new, unconfirmed user with its email identity. Call inside a transaction. */
export function registerUser(db: Database, { id, email, aud, passwordHash, data, identityData }: Registration): User {
  const user = insertUser(db, {
    id,
    email,
    aud,
    role: DEFAULT_ROLE,
    passwordHash,
    userMetadata: data,
    appMetadata: { provider: 'email', providers: ['email'] },
  });
  insertEmailIdentity(db, user, identityData);
  return user;
}
