import * as client from 'openid-client';
import { config } from '@/lib/config';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { oidcProvider, type Provider } from './provider';
import { oidcConfig } from './seal';
import { attemptsCookie, readAttempts } from './sign-in-attempts';

/** Where the browser goes to sign in, and what it must keep until it returns. */
export interface SignInStart {
  url: string;
  writes: SessionWrites;
}

/** Begins a sign-in: authorization code with PKCE, state and nonce (RFC 9700). `next` is a path of our own. Throws auth_provider_unavailable. */
export async function startSignIn(cookies: readonly RequestCookie[], next: string): Promise<SignInStart> {
  const provider = await oidcProvider();
  const { attempts, signedOut } = await readAttempts(cookies);
  const attempt = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    next,
    startedAt: Math.floor(Date.now() / 1000),
  };
  const url = client.buildAuthorizationUrl(provider, {
    redirect_uri: callbackUrl(),
    scope: scopesFor(provider),
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    // Who has just signed out wants to be asked; a provider that remembers them would hand the same account back.
    ...(signedOut ? { prompt: 'login' } : {}),
  });
  const cookie = await attemptsCookie({ attempts: [attempt, ...attempts], signedOut });
  return { url: url.href, writes: { cookies: [cookie], headers: {} } };
}

/** The redirect URL that operators register at the provider. */
export function callbackUrl(): string {
  return `${config().dashboardUrl}/auth/callback`;
}

/** Some providers refuse a sign-in that asks for a scope they do not have, offline_access most of all. */
function scopesFor(provider: Provider): string {
  const { scopes_supported: supported } = provider.serverMetadata();
  const { scopes } = oidcConfig();
  if (!supported || supported.includes('offline_access')) return scopes;
  return scopes
    .split(/ +/)
    .filter((scope) => scope !== 'offline_access')
    .join(' ');
}
