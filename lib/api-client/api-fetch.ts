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
  const first = await send(method, path, body, await currentAccessToken());
  if (first.status !== 401) return readAnswer<T>(first);

  const token = await refreshedAccessToken();
  if (!token) return leaveForLogin(first);
  const second = await send(method, path, body, token);
  if (second.status === 401) return leaveForLogin(second);
  return readAnswer<T>(second);
}

async function send(method: ApiMethod, path: string, body: unknown, token: string | null): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  try {
    return await fetch(`${readPublicConfig().apiUrl}${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      // The API never reads cookies; leaving them out keeps it so.
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
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

async function readAnswer<T>(response: Response): Promise<T> {
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
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
