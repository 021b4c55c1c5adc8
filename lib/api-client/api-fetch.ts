import { ApiError, readApiError } from './api-error';
import { currentAccessToken, refreshedAccessToken } from './browser-access-token';
import { readPublicConfig } from './public-config-context';

export type ApiMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

const TIMEOUT_MS = 30_000;

/**
 * The browser's only way to /v1: adds the access token, parses the answer, throws ApiError. A session that ended is
 * refreshed once; when that fails the person is sent to /login and comes back to the same page.
 */
export async function apiFetch<T>(method: ApiMethod, path: string, body?: unknown): Promise<T> {
  const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
  const sent = body === undefined ? null : JSON.stringify(body);
  return readAnswer<T>(await apiRequest(path, { method, headers, body: sent, signal: AbortSignal.timeout(TIMEOUT_MS) }));
}

/** The same for what is no JSON, or has no end: the answer as it comes. Throws ApiError for a refusal; an abort is a network_error. */
export async function apiRequest(path: string, init: RequestInit): Promise<Response> {
  const first = await send(path, init, await currentAccessToken());
  if (first.status !== 401) return first.ok ? first : Promise.reject(await refusal(first));

  const token = await refreshedAccessToken();
  if (!token) return leaveForLogin(first);
  const second = await send(path, init, token);
  if (second.status === 401) return leaveForLogin(second);
  return second.ok ? second : Promise.reject(await refusal(second));
}

async function send(path: string, init: RequestInit, token: string | null): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(`${readPublicConfig().apiUrl}${path}`, {
      ...init,
      headers,
      // The API never reads cookies; leaving them out keeps it so.
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch {
    throw new ApiError({
      status: 0,
      code: 'network_error',
      message: 'The server could not be reached',
      hint: 'Check your connection and try again.',
    });
  }
}

/** What an answer holds; undefined where it holds nothing. */
export async function readAnswer<T>(response: Response): Promise<T> {
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

// A second factor is owed: its page brings the person back here, to do again what was refused.
async function refusal(response: Response): Promise<ApiError> {
  const error = await readApiError(response);
  if (error.code === 'insufficient_aal') window.location.assign(`/mfa?next=${encodeURIComponent(here())}`);
  return error;
}

// The page is about to go away; the promise stays rejected so that no island reports a success.
async function leaveForLogin(response: Response): Promise<never> {
  const error = await readApiError(response);
  if (readPublicConfig().authMode === 'stub') throw error;
  // An invite's secret may not travel as `next`; its page, loaded again, offers the sign-in that keeps it in a cookie.
  if (window.location.pathname.startsWith('/invite/')) window.location.reload();
  else window.location.assign(loginPath());
  throw error;
}

function loginPath(): string {
  return `/login?reason=session_ended&next=${encodeURIComponent(here())}`;
}

function here(): string {
  return `${window.location.pathname}${window.location.search}`;
}
