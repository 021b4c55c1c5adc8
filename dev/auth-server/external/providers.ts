import type { Metadata } from '../read-body';
import type { StandInPerson } from '../store/stand-in-people';

/** Every provider Supabase knows; only the stand-ins can be switched on here. */
export const PROVIDERS = [
  'apple',
  'azure',
  'bitbucket',
  'discord',
  'facebook',
  'figma',
  'fly',
  'github',
  'gitlab',
  'google',
  'kakao',
  'keycloak',
  'linkedin',
  'linkedin_oidc',
  'notion',
  'slack',
  'slack_oidc',
  'snapchat',
  'spotify',
  'twitch',
  'twitter',
  'workos',
  'zoom',
];

interface Provider {
  title: string;
  scope: string;
  issuer: string;
}

export const STAND_INS: Record<string, Provider> = {
  github: { title: 'GitHub', scope: 'user:email', issuer: 'https://api.github.com' },
  google: { title: 'Google', scope: 'email profile', issuer: 'https://accounts.google.com' },
};

/** What a provider says about somebody who signs in with it. */
export interface ExternalProfile {
  /** The person's id there. */
  subject: string;
  email: string;
  isEmailVerified: boolean;
  /** Becomes the identity's data and, merged, the user's metadata. */
  data: Metadata;
}

/** The claims Supabase stores for a person of this provider; empty ones are left out. */
export function profileOf(provider: string, person: StandInPerson): ExternalProfile {
  const subject = String(person.id);
  const login = provider === 'github' ? person.email.split('@')[0] : '';
  const claims = {
    iss: STAND_INS[provider]?.issuer,
    sub: subject,
    name: person.name,
    full_name: person.name,
    preferred_username: login,
    user_name: login,
    provider_id: subject,
    email: person.email,
  };
  const known = Object.entries(claims).filter(([, value]) => value);
  return {
    subject,
    email: person.email,
    isEmailVerified: person.email_verified,
    data: { ...Object.fromEntries(known), email_verified: person.email_verified, phone_verified: false },
  };
}
