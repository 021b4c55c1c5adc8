import type { ReactNode } from 'react';
import type { SignUpOffer } from '@/lib/page/sign-up-offer';

export const title = 'Create an account';
export const joinTitle = (org: string) => `Create an account to join ${org}`;
export const invited = (email: string) => `Use ${email}, the address the invitation was sent to.`;
export const haveAccount = (link: (text: string) => ReactNode) => <>Have an account? {link('Sign in')}</>;

export const closed: Record<Extract<SignUpOffer, { open: false }>['why'], { title: string; children: string }> = {
  server: { title: 'New accounts cannot be made here', children: 'The operator of this server makes them. Ask them for one.' },
  policy: { title: 'This server takes no new people', children: 'Ask its operator for an account.' },
  invite: {
    title: 'New people come here by invitation',
    children: 'Ask somebody in your organization to invite you, then open the link in that mail.',
  },
};

export const domains = (names: readonly string[]) => `For addresses at ${names.join(', ')}.`;
export const passwordHint = "A long sentence is good; your password manager's choice is better.";
export const create = 'Create the account';
export const sent =
  'We sent a link that finishes the sign-up. If the address has an account already, sign in instead. Open the link in this browser.';
