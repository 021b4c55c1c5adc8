import { randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import { ProviderMisbehaved } from './bounded-fetch';
import type { Provider } from './provider';
import { failureOf } from './provider-error';
import { type OidcSession, SESSION_LIFETIME_SECONDS } from './session';
import { userIdOf } from './user-id';

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** For providers that say neither when the access token ends nor give an id token that does. */
const ASSUMED_LIFETIME_SECONDS = 3_600;
const MAX_EMAIL = 320;
const MAX_NAME = 200;

/** The session that an authorization code brought. Throws ProviderMisbehaved for tokens that name nobody. */
export async function sessionFromTokens(provider: Provider, tokens: Tokens): Promise<OidcSession> {
  const claims = tokens.claims();
  const userId = userIdOf(provider.serverMetadata().issuer, claims?.sub);
  if (!claims || userId === null) throw new ProviderMisbehaved('the id token names no subject that can be kept');
  const now = Math.floor(Date.now() / 1000);
  return {
    userId,
    ...(await profileOf(provider, tokens, claims)),
    aal: levelOf(claims) ?? 'aal1',
    sessionId: typeof claims.sid === 'string' && claims.sid !== '' ? claims.sid.slice(0, 255) : randomUUID(),
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? null,
    idToken: tokens.id_token ?? null,
    issuedAt: now,
    expiresAt: expiryOf(tokens, now),
    endsAt: now + SESSION_LIFETIME_SECONDS,
  };
}

/** The same session with what a refresh brought. Throws ProviderMisbehaved when it brought somebody else. */
export function sessionAfterRefresh(provider: Provider, session: OidcSession, tokens: Tokens): OidcSession {
  const claims = tokens.claims();
  // OpenID Connect Core, section 12.2.
  if (claims && userIdOf(provider.serverMetadata().issuer, claims.sub) !== session.userId)
    throw new ProviderMisbehaved('a refresh brought the tokens of another person');
  const now = Math.floor(Date.now() / 1000);
  const profile = claims?.email_verified === undefined ? null : profileFrom(claims);
  return {
    ...session,
    ...(profile?.email ? profile : {}),
    aal: levelOf(claims) ?? session.aal,
    accessToken: tokens.access_token,
    // Not every provider rotates.
    refreshToken: tokens.refresh_token ?? session.refreshToken,
    idToken: tokens.id_token ?? session.idToken,
    issuedAt: now,
    expiresAt: expiryOf(tokens, now),
  };
}

interface Profile {
  email: string;
  emailVerified: boolean;
  name: string;
}
type Claims = Record<string, unknown>;

/** Address and proof come from one source: half of each would vouch for an address nobody proved. */
async function profileOf(provider: Provider, tokens: Tokens, claims: client.IDToken): Promise<Profile> {
  const told = profileFrom(claims);
  if (told.email && claims.email_verified !== undefined) return told;
  const asked = await client.fetchUserInfo(provider, tokens.access_token, claims.sub).catch((error: unknown) => {
    // An access token for an API alone opens no userinfo; then the id token is all there is.
    if (failureOf(error) === 'refused') return null;
    throw error;
  });
  const profile = asked ? profileFrom(asked) : told;
  return profile.email ? profile : told;
}

function profileFrom(claims: Claims): Profile {
  const email = text(claims.email, MAX_EMAIL);
  // A word such as "true" proves nothing: only the boolean does.
  return { email, emailVerified: email !== '' && claims.email_verified === true, name: text(claims.name, MAX_NAME) };
}

function text(value: unknown, longest: number): string {
  return typeof value === 'string' && value.length <= longest && !/\p{Cc}/u.test(value) ? value : '';
}

/** RFC 8176: `mfa` says that more than one factor was used; a single method such as `otp` or `hwk` does not. */
export function levelOf(claims: Claims | undefined): 'aal1' | 'aal2' | null {
  const methods = claims?.amr;
  if (!Array.isArray(methods)) return null;
  return methods.includes('mfa') ? 'aal2' : 'aal1';
}

function expiryOf(tokens: Tokens, now: number): number {
  if (tokens.expires_in !== undefined) return now + Math.max(1, Math.floor(tokens.expires_in));
  return tokens.claims()?.exp ?? now + ASSUMED_LIFETIME_SECONDS;
}
