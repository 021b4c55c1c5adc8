import { config } from '@/lib/config';
import type { AuthSettings } from '@/lib/supabase/fetch-auth-settings';

/** Whether the person at this browser may make an account, and what to tell them. The API decides again, by the token. */
export type SignUpOffer =
  /** `domains`: addresses of these alone; empty when any will do. */
  | { open: true; domains: readonly string[] }
  /** `server`: the auth server makes none. `policy`: the operator makes them. `invite`: an invitation opens it. */
  | { open: false; why: 'server' | 'policy' | 'invite' };

interface Arrival {
  /** An invitation waits in this browser. */
  invited: boolean;
  /** The server waits for its first owner, who needs an account before anybody could invite them. */
  settingUp: boolean;
}

/** Joins what the operator allows (PANDASTACK_SIGNUP), what the auth server allows, and who is awaited. */
export function signUpOffer(settings: AuthSettings | null, { invited, settingUp }: Arrival): SignUpOffer {
  const { signup, signupDomains } = config();
  if (settings?.signupDisabled || settings?.emailEnabled === false) return { open: false, why: 'server' };
  if (signup === 'closed' && !settingUp) return { open: false, why: 'policy' };
  // The first owner comes where nobody could invite them; a server for some domains is owned by one of them.
  if (invited || signup === 'open' || (settingUp && signup !== 'domains')) return { open: true, domains: [] };
  return signup === 'domains' ? { open: true, domains: signupDomains } : { open: false, why: 'invite' };
}
