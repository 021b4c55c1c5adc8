import type { Database } from '../store/database';
import { listIdentitiesByEmail } from '../store/identities';
import { findUserByEmail, findUserById, type User } from '../store/users';

/** Identity providers of organizations are islands: their accounts are never linked nor in anybody's way. */
export const isOrganizationProvider = (provider: string): boolean => provider.startsWith('sso:');

/** Whose the address is, as the user's own or as that of any identity but `except`'s. */
export function findEmailOwner(db: Database, email: string, aud: string, except?: User): User | undefined {
  for (const identity of listIdentitiesByEmail(db, email)) {
    if (identity.user_id === except?.id || isOrganizationProvider(identity.provider)) continue;
    const owner = findUserById(db, identity.user_id);
    if (owner?.aud === aud) return owner;
  }
  return findUserByEmail(db, email, aud);
}
