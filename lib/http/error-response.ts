import type { DomainError } from '@/lib/errors';

const RETRY_AFTER_SECONDS = 5;

/** What every answer of /v1 carries. Plain, so that a server may send it without building a Headers object. */
export function standardHeaders(requestId: string): Record<string, string> {
  return {
    'x-request-id': requestId,
    'cache-control': 'private, no-store',
    vary: 'Authorization',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** A refusal as an answer of no particular server. Holds the code and its sentence, never the cause. */
export function errorAnswer(
  error: DomainError,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const { code, message, hint, fields, status } = error;
  const headers = standardHeaders(requestId);
  headers['content-type'] = 'application/json; charset=utf-8';
  if (status === 401) headers['www-authenticate'] = challenge(code, message);
  const waits = status === 429 || status === 503 ? RETRY_AFTER_SECONDS : undefined;
  const retryAfter = error.retryAfterSeconds ?? waits;
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  return { status, headers, body: JSON.stringify({ error: message, code, hint, request_id: requestId, fields }) };
}

/** A refusal as api.md shapes it. */
export function errorResponse(error: DomainError, requestId: string): Response {
  const { status, headers, body } = errorAnswer(error, requestId);
  return new Response(body, { status, headers });
}

/** RFC 6750, section 3: a request without any credential is told no error code. */
function challenge(code: string, message: string): string {
  if (code === 'missing_token') return 'Bearer';
  return `Bearer error="invalid_token", error_description="${message.replace(/[^\x20-\x7e]|["\\]/g, ' ')}"`;
}
