import * as methods from '@/messages/sign-in-methods';

/** What supabase/auth calls the ways to an account, under the names people know. */
const NAMES: Record<string, string> = {
  apple: 'Apple',
  azure: 'Microsoft',
  bitbucket: 'Bitbucket',
  discord: 'Discord',
  email: methods.email,
  facebook: 'Facebook',
  figma: 'Figma',
  fly: 'Fly.io',
  github: 'GitHub',
  gitlab: 'GitLab',
  google: 'Google',
  kakao: 'Kakao',
  keycloak: 'Keycloak',
  linkedin: 'LinkedIn',
  linkedin_oidc: 'LinkedIn',
  notion: 'Notion',
  phone: methods.phone,
  slack: 'Slack',
  slack_oidc: 'Slack',
  snapchat: 'Snapchat',
  spotify: 'Spotify',
  twitch: 'Twitch',
  twitter: 'X (Twitter)',
  vercel_marketplace: 'Vercel',
  workos: 'WorkOS',
  x: 'X',
  zoom: 'Zoom',
};

/** A provider's name; one newer than this list keeps its own, made readable. An identity of single sign-on is called after its connection. */
export function providerName(provider: string): string {
  if (provider.startsWith('sso:')) return methods.singleSignOn;
  if (Object.hasOwn(NAMES, provider)) return NAMES[provider] ?? provider;
  const words = provider
    .replace(/^custom:/, '')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
