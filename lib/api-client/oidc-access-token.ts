import { ApiError } from './api-error';

/** Left over for the request that is about to be sent. */
const MARGIN_MS = 15_000;
const TIMEOUT_MS = 15_000;

let known: { token: string; until: number } | null = null;
let asking: Promise<string | null> | null = null;

/** The Bearer of this page in oidc mode, kept in memory until shortly before its end; null when signed out. Throws ApiError. */
export function oidcAccessToken({ anew = false } = {}): Promise<string | null> {
  if (anew) known = null;
  if (known && known.until > Date.now()) return Promise.resolve(known.token);
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<string | null> {
  const response = await fetch('/auth/token', {
    method: 'POST',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (response?.status === 401) return null;
  const body: unknown = await response?.json().catch(() => null);
  if (!response?.ok || !isToken(body)) throw outage();
  // A token shorter than the margin serves the request at hand and no other.
  known = { token: body.access_token, until: body.expires_at * 1000 - MARGIN_MS };
  return known.token;
}

function isToken(body: unknown): body is { access_token: string; expires_at: number } {
  if (typeof body !== 'object' || body === null || !('access_token' in body && 'expires_at' in body)) return false;
  return typeof body.access_token === 'string' && typeof body.expires_at === 'number';
}

function outage(): ApiError {
  return new ApiError({
    status: 503,
    code: 'auth_provider_unavailable',
    message: 'The sign-in service cannot be reached',
    hint: 'You are still signed in. Try again in a few seconds.',
  });
}
