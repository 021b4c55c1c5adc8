import { config } from '@/lib/config';
import type { AuthSettings } from '@/lib/supabase/fetch-auth-settings';

/** Whether the person at this browser may make an account, and what to tell them. The API decides again, by the token. */
export type SignUpOffer =
  /** `domains`: addresses of these alone; empty when any will do. */
  | { open: true; domains: readonly string[] }
  /** `server`: the auth server makes none. `policy`: the operator makes them. `invite`: an invitation opens it. */
  | { open: false; why: 'server' | 'policy' | 'invite' };

/** Joins what the operator allows (PANDASTACK_SIGNUP), what the auth server allows, and the invitation waiting in this browser. */
export function signUpOffer(settings: AuthSettings | null, invited: boolean): SignUpOffer {
  const { signup, signupDomains } = config();
  if (settings?.signupDisabled || settings?.emailEnabled === false) return { open: false, why: 'server' };
  if (signup === 'closed') return { open: false, why: 'policy' };
  if (invited || signup === 'open') return { open: true, domains: [] };
  return signup === 'domains' ? { open: true, domains: signupDomains } : { open: false, why: 'invite' };
}
