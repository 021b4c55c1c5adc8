import type { ReactNode } from 'react';

export const title = 'Sign in';
export const joinTitle = (org: string) => `Sign in to join ${org}`;
export const invited = (role: string, email: string) => `You were invited as ${role} with ${email}.`;

export const newHere = (link: (text: string) => ReactNode) => <>New here? {link('Create an account')}</>;
export const noAccount = 'No account? Ask somebody in your organization to invite you.';
export const noAccountAtProvider = 'No account? Ask somebody in your organization.';

export const awaitsOwner = 'Nobody owns this server yet';
export const signUpFirst = (link: (text: string) => ReactNode) => (
  <>{link('Create an account')} or sign in, then enter the setup code that the server printed in its log.</>
);
export const signInFirst = 'Sign in, then enter the setup code that the server printed in its log.';

export const outage = 'The sign-in service does not answer';
export const outageHint =
  'Reload in a few seconds; if you were signed in, you still are. Operators: check SUPABASE_URL and SUPABASE_ANON_KEY.';
export const providerOutageHint =
  'Reload in a few seconds; if you were signed in, you still are. Operators: check PANDASTACK_OIDC_ISSUER.';
export const noWay = 'No way to sign in is switched on';
export const noWayHint = 'Operators: enable e-mail or a provider in the Supabase project.';
export const signInWith = (provider: string) => `Sign in with ${provider}`;

/** Why one stands at the sign-in page. */
export const arrivals: Record<string, string> = {
  session_ended: 'Your session ended. Sign in to carry on where you were.',
  banned: 'This account is banned. Ask the operator of this server, or sign in with another account.',
  session_revoked: 'You were signed out elsewhere. Sign in to carry on.',
  signed_out: 'You are signed out.',
  signed_out_everywhere: 'You are signed out in every browser.',
  signed_out_here:
    'You are signed out in this browser. The sign-in service did not confirm it for the others: sign in later and try again.',
  password_changed: 'Your password was changed. Sign in with the new one.',
};
