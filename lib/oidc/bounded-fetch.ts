import type { CustomFetchOptions } from 'openid-client';

const MAX_BODY_BYTES = 1_048_576;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An answer of the provider that no honest one would give. */
export class ProviderMisbehaved extends Error {}

/**
 * fetch for the provider: no redirects, no cache, a bound on the body. Plain http goes to this very machine only, whatever a
 * discovery document says.
 */
export async function boundedFetch(
  url: string,
  { method, headers: sent, body: content, signal }: CustomFetchOptions,
): Promise<Response> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) throw new ProviderMisbehaved(`refused to call ${protocol}//${hostname}`);
  const response = await fetch(url, {
    method,
    headers: sent,
    body: content instanceof Uint8Array ? new Uint8Array(content) : content,
    signal,
    redirect: 'manual',
    cache: 'no-store',
  });
  const body = await readBounded(response);
  const { status, headers } = response;
  return new Response(body.byteLength > 0 ? body : null, { status: status || 502, headers: withoutLength(headers) });
}

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new ProviderMisbehaved(`an answer of more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

// The body has been decoded already.
function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('content-length');
  kept.delete('content-encoding');
  return kept;
}
