import type { Factor, User, UserIdentity } from '@supabase/supabase-js';
import { askForUser } from './fetch-user';

/** A way into an account: a mailbox, or an account at a provider. */
export interface AccountIdentity {
  id: string;
  /** In the auth server's own names: email, github, sso:<id>. */
  provider: string;
  /** As the provider stated it; text of others, never a proof. */
  email: string | null;
  createdAt: string | null;
}

export interface AccountFactor {
  id: string;
  name: string;
  /** totp, phone, webauthn. */
  type: string;
  verified: boolean;
  createdAt: string;
}

/** What a person may see of their own account. */
export interface Account {
  email: string;
  /** An address that waits for its confirmation. */
  newEmail: string | null;
  createdAt: string;
  identities: AccountIdentity[];
  factors: AccountFactor[];
}

/** The account behind a token, asked afresh. Throws what fetchUser throws. */
export async function fetchAccount(accessToken: string): Promise<Account> {
  return presentAccount(await askForUser(accessToken));
}

function presentAccount(user: User): Account {
  return {
    email: user.email ?? '',
    newEmail: user.new_email || null,
    createdAt: user.created_at,
    identities: (user.identities ?? []).map(presentIdentity),
    factors: (user.factors ?? []).map(presentFactor),
  };
}

function presentIdentity({ identity_id, provider, identity_data, created_at }: UserIdentity): AccountIdentity {
  const email: unknown = identity_data?.email;
  return { id: identity_id, provider, email: typeof email === 'string' && email ? email : null, createdAt: created_at ?? null };
}

function presentFactor({ id, friendly_name, factor_type, status, created_at }: Factor): AccountFactor {
  return {
    id,
    name: friendly_name || 'Authenticator app',
    type: factor_type,
    verified: status === 'verified',
    createdAt: created_at,
  };
}
