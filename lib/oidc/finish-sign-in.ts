import * as client from 'openid-client';
import { logger } from '@/lib/log';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import type { LinkReason } from '@/lib/supabase/link-reason';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { oidcProvider } from './provider';
import { failureOf, isBadAnswer } from './provider-error';
import type { OidcSession } from './session';
import { readSession, sessionWrites } from './session-cookie';
import { sessionFromTokens } from './session-from-tokens';
import { type Attempt, type Attempts, attemptsCookie, readAttempts } from './sign-in-attempts';
import { callbackUrl } from './start-sign-in';

/** How a return from the provider ended, and what the answer must write. */
export type SignInOutcome =
  | { kind: 'signed_in'; next: string; writes?: SessionWrites }
  | { kind: 'failed'; next: string; reason: LinkReason; writes?: SessionWrites };

/**
 * Trades the code that the provider sent along for a session, if this very browser began the sign-in. A code of somebody else's
 * finds no state here, so nobody can be signed in to an account that is not theirs. Never throws.
 */
export async function finishSignIn(cookies: readonly RequestCookie[], query: URLSearchParams): Promise<SignInOutcome> {
  const begun = await readAttempts(cookies);
  const [state] = query.getAll('state');
  const attempt = begun.attempts.find((one) => one.state === state);
  if (!attempt) return alreadySignedIn(cookies, { kind: 'failed', next: '/', reason: 'restart' });
  const { next } = attempt;
  const others = { signedOut: begun.signedOut, attempts: begun.attempts.filter((one) => one !== attempt) };
  if (query.has('error')) return { kind: 'failed', next, reason: reasonOf(query.get('error')), writes: await writesOf(others) };
  try {
    const session = await redeem(attempt, query);
    const { cookies: written, headers } = await sessionWrites(session, cookies);
    const kept = await attemptsCookie({ ...others, signedOut: false });
    return { kind: 'signed_in', next, writes: { cookies: [...written, kept], headers } };
  } catch (error) {
    return explain(error, { cookies, next, others });
  }
}

async function redeem({ state, nonce, verifier }: Attempt, query: URLSearchParams): Promise<OidcSession> {
  const provider = await oidcProvider();
  const tokens = await client.authorizationCodeGrant(provider, new URL(`${callbackUrl()}?${query}`), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  return sessionFromTokens(provider, tokens);
}

interface Failed {
  cookies: readonly RequestCookie[];
  next: string;
  others: Attempts;
}

async function explain(error: unknown, { cookies, next, others }: Failed): Promise<SignInOutcome> {
  // A reload or a double click: the first request has used the code up and signed in.
  if (failureOf(error) === 'ended')
    return alreadySignedIn(cookies, { kind: 'failed', next, reason: 'restart', writes: await writesOf(others) });
  logger().warn({ err: error }, 'a sign-in with the OpenID Connect provider failed');
  if (isBadAnswer(error)) return { kind: 'failed', next, reason: 'failed', writes: await writesOf(others) };
  // The attempt stays, so that reloading can still succeed.
  return { kind: 'failed', next, reason: error instanceof client.ResponseBodyError ? 'failed' : 'unavailable' };
}

async function alreadySignedIn(cookies: readonly RequestCookie[], otherwise: SignInOutcome): Promise<SignInOutcome> {
  return (await readSession(cookies)) ? { ...otherwise, kind: 'signed_in' } : otherwise;
}

async function writesOf(attempts: Attempts): Promise<SessionWrites> {
  return { cookies: [await attemptsCookie(attempts)], headers: {} };
}

/** RFC 6749, section 4.1.2.1, and OpenID Connect Core, section 3.1.2.6. The provider's own text is never shown. */
function reasonOf(error: string | null): LinkReason {
  if (error === 'access_denied') return 'denied';
  if (error === 'server_error' || error === 'temporarily_unavailable') return 'unavailable';
  return 'failed';
}
