import { reshapeByUser } from '@/dev/auth-server/hooks/reshape-token';
import type { AuthServerOptions } from '@/dev/auth-server/options';
import { startAuthServer } from '@/dev/auth-server/start-auth-server';

/** What every judged server must be configured with. */
export const SITE_URL = 'http://localhost:3000';
export const ALLOWED_CALLBACK = 'https://dashboard.example.com/auth/callback';
const ALLOWED_GLOB = 'https://*.preview.example.com/**';
export const ALLOWED_APP_LINK = 'panda://callback';

/** The organization whose stand-in identity provider the development server has. */
export const SSO_DOMAIN = 'sso.example.com';
export const SSO_PROVIDER_ID = '5aa15aa1-0000-4000-8000-000000000001';

/** `default` is the hosted configuration; the others change what their name says. */
export type Profile = 'default' | 'autoconfirm' | 'no-reuse' | 'guarded';

export interface Target {
  /** SUPABASE_URL: the API lives under its /auth/v1. */
  url: string;
  anonKey: string;
  serviceRoleKey: string;
  /** Signs the API keys, and the access tokens in HS256 mode. */
  jwtSecret: string;
  /** Answers like the development server's /inbox.json. */
  inboxUrl: string;
  algorithm: string;
  /** Whether SSO_DOMAIN has an identity provider that can be driven. */
  hasSso: boolean;
}

export interface Candidate {
  name: string;
  start(): Promise<{ target: Target; stop(): Promise<void> }>;
}

/** The servers to judge under this profile; none when the judged server runs under another one. */
export function candidatesFor(profile: Profile): Candidate[] {
  if (!process.env.CONTRACT_SUPABASE_URL) return [developmentServer('HS256', profile), developmentServer('ES256', profile)];
  const judged = process.env.CONTRACT_PROFILE ?? 'default';
  return judged === profile ? [externalServer(process.env.CONTRACT_SUPABASE_URL)] : [];
}

function developmentServer(algorithm: AuthServerOptions['algorithm'], profile: Profile): Candidate {
  return {
    name: `development server, ${algorithm}`,
    start: async () => {
      const { close, ...server } = await startAuthServer({
        databasePath: ':memory:',
        algorithm,
        siteUrl: SITE_URL,
        redirectUrls: [ALLOWED_CALLBACK, ALLOWED_GLOB, ALLOWED_APP_LINK],
        externalProviders: ['github'],
        manualLinking: true,
        anonymousUsers: profile === 'guarded',
        securePasswordChange: profile === 'guarded',
        ssoProviders: profile === 'guarded' ? [{ id: SSO_PROVIDER_ID, domains: [SSO_DOMAIN] }] : [],
        requireCurrentPassword: profile === 'guarded',
        ...(profile === 'guarded' && { accessTokenHook: reshapeByUser }),
        autoconfirm: profile === 'autoconfirm',
        refreshReuseIntervalSeconds: profile === 'no-reuse' ? 0 : 10,
      });
      return { target: { ...server, algorithm, inboxUrl: `${server.url}/inbox.json`, hasSso: true }, stop: close };
    },
  };
}

function externalServer(url: string): Candidate {
  const target: Target = {
    url,
    anonKey: requireVariable('CONTRACT_ANON_KEY'),
    serviceRoleKey: requireVariable('CONTRACT_SERVICE_ROLE_KEY'),
    jwtSecret: requireVariable('CONTRACT_JWT_SECRET'),
    inboxUrl: requireVariable('CONTRACT_INBOX_URL'),
    algorithm: process.env.CONTRACT_ALGORITHM ?? 'HS256',
    hasSso: process.env.CONTRACT_HAS_SSO === 'true',
  };
  return { name: url, start: async () => ({ target, stop: async () => {} }) };
}

function requireVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is needed beside CONTRACT_SUPABASE_URL`);
  return value;
}
