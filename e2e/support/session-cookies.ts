import type { Cookie } from '@playwright/test';

export interface Session {
  access_token: string;
  refresh_token: string;
  /** Seconds since 1970. */
  expires_at: number;
  user: object;
}

/** The session in a browser's cookies, and the name they have. */
export function sessionIn(cookies: readonly Cookie[]): { name: string; session: Session } {
  const chunks = cookies.filter(({ name }) => /^sb-.*-auth-token(\.\d+)?$/.test(name));
  const text = chunks
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map(({ value }) => decodeURIComponent(value))
    .join('');
  const name = (chunks[0]?.name ?? '').replace(/\.\d+$/, '');
  return { name, session: JSON.parse(Buffer.from(text.slice('base64-'.length), 'base64url').toString()) };
}

/** The Cookie header a browser with this session would send. */
export function cookieHeader(name: string, session: Session): string {
  return cookieChunks(name, session)
    .map((chunk) => `${chunk.name}=${chunk.value}`)
    .join('; ');
}

/** A session as the auth library keeps it: cut where a cookie would get too long. */
export function cookieChunks(name: string, session: Session): { name: string; value: string }[] {
  const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
  const chunks = value.match(/.{1,3000}/g) ?? [];
  return chunks.map((chunk, i) => ({ name: chunks.length > 1 ? `${name}.${i}` : name, value: chunk }));
}
