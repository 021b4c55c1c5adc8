import type { CryptoKey } from 'jose';

const holder = globalThis as typeof globalThis & { __pandastackHmacKeys?: Map<string, Promise<CryptoKey>> };

/** The HS256 key of a secret: its UTF-8 text; Supabase never base64-decodes it. */
export function hmacKey(secret: string): Promise<CryptoKey> {
  holder.__pandastackHmacKeys ??= new Map();
  const known = holder.__pandastackHmacKeys.get(secret);
  if (known) return known;
  const key = crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
  holder.__pandastackHmacKeys.set(secret, key);
  return key;
}

export function forgetHmacKeys(): void {
  holder.__pandastackHmacKeys?.clear();
}
