import type { Metadata } from '../read-body';
import type { Database } from '../store/database';
import { insertEmailIdentity } from '../store/identities';
import { insertUser, type User, updateUser } from '../store/users';

const DEFAULT_ROLE = 'authenticated';

export interface Registration {
  /** Given by an administrator who brings an id along. */
  id?: string | undefined;
  email: string;
  aud: string;
  /** Undefined for an invited user, who has no password yet. */
  passwordHash?: string | undefined;
  data: Metadata;
}

/** A new, unconfirmed user with its email identity. Call inside a transaction; so for the next. */
export function registerUser(db: Database, registration: Registration): User {
  const user = insertRegistration(db, registration);
  insertEmailIdentity(db, user);
  return user;
}

/** Somebody signing up: identity and metadata both hold what was sent and what is known so far. */
export function registerOneself(db: Database, registration: Registration): User {
  const user = insertRegistration(db, registration);
  const identity = insertEmailIdentity(db, user, registration.data);
  return updateUser(db, user, { raw_user_meta_data: identity.identity_data });
}

function insertRegistration(db: Database, { id, email, aud, passwordHash, data }: Registration): User {
  return insertUser(db, {
    id,
    email,
    aud,
    role: DEFAULT_ROLE,
    passwordHash,
    userMetadata: data,
    appMetadata: { provider: 'email', providers: ['email'] },
  });
}
