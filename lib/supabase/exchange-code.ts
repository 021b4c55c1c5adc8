import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { config } from '@/lib/config';
import { CookieJar, type SessionWrites } from './cookie-jar';
import { type LinkReason, linkReasonOf } from './link-reason';
import { needsSecondFactor } from './needs-second-factor';
import { type RequestCookie, readSessionCookie } from './session-cookie';

export type LinkOutcome =
  | { kind: 'signed_in'; secondFactor: boolean; writes: SessionWrites }
  | { kind: 'failed'; reason: LinkReason; writes?: SessionWrites };

/** Trades the code of a mail link or a provider for a session, with the verifier this browser kept. */
export async function exchangeCode(cookies: readonly RequestCookie[], code: string): Promise<LinkOutcome> {
  const settings = config();
  if (!settings.supabase) return { kind: 'failed', reason: 'failed' };
  const jar = new CookieJar(settings.supabase, settings, cookies);
  const { data, error } = await jar.client().auth.exchangeCodeForSession(code);
  if (!error) {
    jar.clearVerifiers();
    return { kind: 'signed_in', secondFactor: needsSecondFactor(data.session), writes: jar.writes };
  }
  // A reload or a double click: the first request signed in already, so the second has nothing left to do.
  const reason = reasonOf(error);
  if (reason !== 'unavailable' && (await isSignedIn(cookies, jar.name))) {
    // Whoever still owes the second factor is asked for it by the pages that want it.
    return { kind: 'signed_in', secondFactor: false, writes: { cookies: [], headers: {} } };
  }
  // After an outage the verifier stays, so that reloading can still succeed.
  return reason === 'unavailable' ? { kind: 'failed', reason } : { kind: 'failed', reason, writes: jar.writes };
}

export type LinkType = (typeof LINK_TYPES)[number];
const LINK_TYPES = ['signup', 'invite', 'magiclink', 'recovery', 'email_change', 'email'] as const;

/** The kinds of mail link we hand on; undefined for anything else. */
export function readLinkType(value: unknown): LinkType | undefined {
  return LINK_TYPES.find((type) => type === value);
}

/** Consumes the token hash of a mail link. Call it for a click, never for a GET: mail scanners follow links. */
export async function verifyLink(cookies: readonly RequestCookie[], tokenHash: string, type: LinkType): Promise<LinkOutcome> {
  const settings = config();
  if (!settings.supabase) return { kind: 'failed', reason: 'failed' };
  const jar = new CookieJar(settings.supabase, settings, cookies);
  const { data, error } = await jar.client().auth.verifyOtp({ token_hash: tokenHash, type });
  if (error) return { kind: 'failed', reason: reasonOf(error) };
  if (!data.session) return { kind: 'failed', reason: 'email_change_half' };
  return { kind: 'signed_in', secondFactor: needsSecondFactor(data.session), writes: jar.writes };
}

function reasonOf(error: AuthError): LinkReason {
  if (error.name === 'AuthPKCECodeVerifierMissingError') return 'other_browser';
  if (isAuthRetryableFetchError(error)) return 'unavailable';
  if (error.status === 429) return 'too_many';
  return linkReasonOf(error.code);
}

async function isSignedIn(cookies: readonly RequestCookie[], name: string): Promise<boolean> {
  const session = await readSessionCookie(cookies, name);
  return session !== null && session.expiresAt > Date.now() / 1000;
}
