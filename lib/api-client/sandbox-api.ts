import { type ApiMethod, apiRequest, readAnswer } from './api-fetch';

/** A machine may take its time over a sandbox, a snapshot or a copy of one. */
const TIMEOUT_MS = 180_000;

/**
 * The browser's way to what agents answer, always in the name of one org: the person's current one may be another. Throws ApiError.
 */
export async function sandboxApi<T>(orgId: string, call: { method: ApiMethod; path: string; body?: unknown }): Promise<T> {
  const { method, path, body } = call;
  const response = await sandboxRequest(orgId, path, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return readAnswer<T>(response);
}

/** The same for files and streams. */
export function sandboxRequest(orgId: string, path: string, init: RequestInit): Promise<Response> {
  return apiRequest(path, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-pandastack-org': orgId } });
}

/** The path of something below a sandbox. */
export function sandboxPath(sandboxId: string, rest = ''): string {
  return `/v1/sandboxes/${encodeURIComponent(sandboxId)}${rest}`;
}
