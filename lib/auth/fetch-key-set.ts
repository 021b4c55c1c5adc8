/** Where a provider publishes its verification keys. */
export interface KeySetSource {
  url: string;
  headers: Record<string, string>;
}

const TIMEOUT_MS = 5_000;
/** Counted after decompression; a real set holds a few kilobytes. */
const MOST_BYTES = 256 * 1024;
const MOST_KEYS = 100;

/**
 * The keys of a JWKS as they are published, unjudged (RFC 7517, section 5). Five seconds for the whole exchange, no redirect
 * followed, nothing large read. Throws an Error that tells what was wrong; every one of them means that the keys cannot be had.
 */
export async function fetchKeySet({ url, headers }: KeySetSource): Promise<unknown[]> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...headers },
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the key set was answered with status ${response.status}`);
  }
  return keysIn(await readText(response));
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the connection.
    if (bytes > MOST_BYTES) throw new Error(`the key set is larger than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function keysIn(text: string): unknown[] {
  const set: unknown = JSON.parse(text);
  if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys)) {
    throw new Error('the key set has no list of keys');
  }
  if (set.keys.length > MOST_KEYS) throw new Error(`the key set lists more than ${MOST_KEYS} keys`);
  return set.keys;
}
