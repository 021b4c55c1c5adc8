import { type AuthError, isAuthRetryableFetchError, type User } from '@supabase/supabase-js';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { authServerClient } from './auth-server-client';

const TIMEOUT_MS = 5_000;

/** The account as the auth server holds it now. */
export interface AuthServerUser {
  id: string;
  /** Lower-cased by the auth server; '' for an account without one. */
  email: string;
  /** ISO time; null until the person has proven the address. */
  emailConfirmedAt: string | null;
  bannedUntil: string | null;
  isAnonymous: boolean;
  /** At least one verified factor. */
  hasSecondFactor: boolean;
  /** An identity provider of some organization vouches for the address, not the person's own mailbox. */
  fromSso: boolean;
}

/**
 * Asks the auth server for the owner of a token, with that token. Throws session_revoked or user_banned when it refuses,
 * auth_provider_unavailable when it cannot answer: an outage is never told as a sign-out.
 */
export async function fetchUser(accessToken: string): Promise<AuthServerUser> {
  return presentUser(await askForUser(accessToken));
}

/** The same answer as the auth library gives it. Throws what fetchUser throws. */
export async function askForUser(accessToken: string): Promise<User> {
  const { supabase } = config();
  if (!supabase) throw unavailable('no auth server is configured');
  const { data, error } = await authServerClient(supabase, TIMEOUT_MS)
    .getUser(accessToken)
    .catch((thrown: unknown) => {
      throw unavailable(thrown);
    });
  if (error) throw asRefusal(error);
  if (isBanned(data.user)) throw bannedUser();
  return data.user;
}

function isBanned({ banned_until: until }: User): boolean {
  return until !== undefined && Date.parse(until) > Date.now();
}

function presentUser(user: User): AuthServerUser {
  return {
    id: user.id,
    email: user.email ?? '',
    emailConfirmedAt: user.email_confirmed_at ?? null,
    bannedUntil: user.banned_until ?? null,
    isAnonymous: user.is_anonymous ?? false,
    hasSecondFactor: user.factors?.some(({ status }) => status === 'verified') ?? false,
    fromSso: [user.app_metadata?.provider, ...listed(user.app_metadata?.providers)].some(isSso),
  };
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isSso = (provider: unknown): boolean => typeof provider === 'string' && provider.toLowerCase().startsWith('sso:');

function asRefusal(error: AuthError): DomainError {
  if (error.code === 'user_banned') return bannedUser(error);
  if (isAuthRetryableFetchError(error) || !isRefusal(error)) return unavailable(error);
  return new DomainError('session_revoked', 'This session has ended', { hint: 'Sign in again.', cause: error });
}

// A gateway's 401 about OUR api key, a 409 and a 429 say nothing about the person, so they must not sign anybody out.
const ENDED = new Set(['session_not_found', 'session_expired', 'user_not_found', 'bad_jwt', 'no_authorization']);

function isRefusal(error: AuthError): boolean {
  if (error.name === 'AuthSessionMissingError') return true;
  return error.code ? ENDED.has(error.code) : error.status === 403;
}

function bannedUser(cause?: unknown): DomainError {
  return new DomainError('user_banned', 'This account is banned', { hint: 'Ask the operator of this server.', cause });
}

function unavailable(cause: unknown): DomainError {
  return new DomainError('auth_provider_unavailable', 'The sign-in service cannot be reached at the moment', {
    hint: 'Try again in a few seconds. Operators: check SUPABASE_URL and SUPABASE_ANON_KEY.',
    cause,
  });
}
