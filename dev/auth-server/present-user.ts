import { presentFactor } from './mfa/present-factor';
import type { Database } from './store/database';
import { listFactors } from './store/factors';
import { emailOf, type Identity, listIdentities } from './store/identities';
import type { User } from './store/users';

/** A user as clients see it: no hashes, and absent members instead of nulls. */
export function presentUser(db: Database, user: User, identities: Identity[] = listIdentities(db, user.id)) {
  const factors = listFactors(db, user.id).map(presentFactor);
  return { ...presentProfile(user), ...(factors.length > 0 && { factors }), identities: identities.map(presentIdentity) };
}

/** The list of users leaves identities out. */
export function presentListedUser(user: User) {
  return { ...presentProfile(user), identities: null };
}

function presentProfile(user: User) {
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    phone: user.phone ?? '',
    ...withoutNulls({
      email_confirmed_at: user.email_confirmed_at,
      phone_confirmed_at: user.phone_confirmed_at,
      confirmed_at: user.email_confirmed_at ?? user.phone_confirmed_at,
      invited_at: user.invited_at,
      confirmation_sent_at: user.confirmation_sent_at,
      recovery_sent_at: user.recovery_sent_at,
      new_email: user.email_change || null,
      email_change_sent_at: user.email_change_sent_at,
      reauthentication_sent_at: user.reauthentication_sent_at,
      last_sign_in_at: user.last_sign_in_at,
      banned_until: user.banned_until,
      deleted_at: user.deleted_at,
    }),
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: user.is_anonymous,
  };
}

/** `id` and `identity_id` are swapped against the table, as Supabase does for old clients. */
function presentIdentity(identity: Identity) {
  return {
    identity_id: identity.id,
    id: identity.provider_id,
    user_id: identity.user_id,
    identity_data: identity.identity_data,
    provider: identity.provider,
    last_sign_in_at: identity.last_sign_in_at,
    created_at: identity.created_at,
    updated_at: identity.updated_at,
    ...(emailOf(identity) && { email: emailOf(identity) }),
  };
}

function withoutNulls(fields: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null));
}
