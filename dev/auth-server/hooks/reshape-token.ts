import type { Metadata } from '../read-body';
import type { AccessTokenHook, HookOutput } from './access-token-hook';

type Reshape = (claims: Metadata) => HookOutput;

const without = (names: string[]): Reshape => {
  return (claims) => ({ claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name))) });
};
const withClaims = (changes: Metadata): Reshape => {
  return (claims) => ({ claims: { ...claims, ...changes } });
};

/** What a hook may do to a token, by name: what relying apps must live with, and what Supabase refuses to sign. */
export const RESHAPES: Record<string, Reshape> = {
  no_metadata: without(['app_metadata', 'user_metadata']),
  no_amr: without(['amr']),
  no_issuer: without(['iss']),
  no_session: without(['session_id']),
  amr_strings: withClaims({ amr: ['password'] }),
  aud_array: withClaims({ aud: ['authenticated', 'elsewhere'] }),
  other_role: withClaims({ role: 'reader' }),
  aal2: withClaims({ aal: 'aal2' }),
  extra: withClaims({ org_id: 'panda', permissions: ['read'], nested: { deep: true } }),
  email_number: withClaims({ email: 7 }),
  refuse: () => ({ error: { http_code: 403, message: 'The hook says no' } }),
};

/** Reshapes the token of everybody whose `user_metadata.reshape` names one, so that one server can serve them all. */
export const reshapeByUser: AccessTokenHook = ({ claims }) => {
  const name = Object(claims.user_metadata).reshape;
  return RESHAPES[String(name)]?.(claims) ?? { claims };
};
