import { config } from '@/lib/config';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { cookieAttributes, cookiePrefix, NO_STORE } from '@/lib/supabase/session-cookie-name';
import { seal, unseal } from './seal';
import { asSession, isOver, type OidcSession } from './session';

const NAME = 'pandastack-session';
/** Browsers keep 4,096 bytes a cookie, its name and attributes included. */
const CHUNK_LENGTH = 3_600;
const MAX_CHUNKS = 5;
/** Common proxies refuse a header line above 8 KB; the id token is only a hint and goes first. */
const ROOMY_LENGTH = 6_000;

/** The provider's tokens do not fit into cookies, even without the hint. */
export class SessionTooLarge extends Error {}

/** What a response must carry to keep this session in the browser. Throws SessionTooLarge. */
export async function sessionWrites(session: OidcSession, cookies: readonly RequestCookie[]): Promise<SessionWrites> {
  const chunks = split(await sealToFit(session));
  const written = chunks.map((value, index) => ({ name: chunkName(index, chunks.length), value }));
  const stale = sessionCookies(cookies).filter(({ name }) => !written.some((chunk) => chunk.name === name));
  const end = session.refreshToken === null ? Math.min(session.expiresAt, session.endsAt) : session.endsAt;
  const maxAge = Math.max(1, end - Math.floor(Date.now() / 1000));
  return {
    cookies: [
      ...written.map((chunk) => ({ ...chunk, options: { ...attributes(), maxAge } })),
      ...stale.map(({ name }) => ({ name, value: '', options: { ...attributes(), maxAge: 0 } })),
    ],
    headers: NO_STORE,
  };
}

/** Ends the session in this browser, whatever state its cookies are in. */
export function clearSession(cookies: readonly RequestCookie[]): SessionWrites {
  const names = new Set(sessionCookies(cookies).map(({ name }) => name));
  const options = { ...attributes(), maxAge: 0 };
  return { cookies: [...names].map((name) => ({ name, value: '', options })), headers: NO_STORE };
}

/** The session of a request; null when absent, over, cut, forged or sealed with a secret that is gone. Never throws. */
export async function readSession(cookies: readonly RequestCookie[]): Promise<OidcSession | null> {
  const session = asSession(await unseal('session', joinChunks(cookies)));
  return session && !isOver(session) ? session : null;
}

/** Whether a request carries session cookies at all, whole or not. */
export function hasSessionCookies(cookies: readonly RequestCookie[]): boolean {
  return sessionCookies(cookies).length > 0;
}

async function sealToFit(session: OidcSession): Promise<string> {
  const whole = await seal('session', session);
  if (whole.length <= ROOMY_LENGTH) return whole;
  const lean = session.idToken === null ? whole : await seal('session', { ...session, idToken: null });
  if (lean.length <= CHUNK_LENGTH * MAX_CHUNKS) return lean;
  throw new SessionTooLarge(`a session of ${lean.length} characters`);
}

function split(value: string): string[] {
  const count = Math.ceil(value.length / CHUNK_LENGTH);
  return Array.from({ length: count }, (_, index) => value.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH));
}

function joinChunks(cookies: readonly RequestCookie[]): string {
  const values = new Map(sessionCookies(cookies).map(({ name, value }) => [name, value]));
  const whole = values.get(chunkName(0, 1));
  if (whole !== undefined) return whole;
  const chunks: string[] = [];
  for (let index = 0; index < MAX_CHUNKS; index++) chunks.push(values.get(chunkName(index, MAX_CHUNKS)) ?? '');
  return chunks.join('');
}

function chunkName(index: number, of: number): string {
  const name = `${cookiePrefix(config().dashboardUrl)}${NAME}`;
  return of === 1 ? name : `${name}.${index}`;
}

function sessionCookies(cookies: readonly RequestCookie[]): RequestCookie[] {
  const name = chunkName(0, 1);
  return cookies.filter(
    (cookie) => cookie.name === name || (cookie.name.startsWith(`${name}.`) && /\.\d{1,3}$/.test(cookie.name)),
  );
}

function attributes() {
  return { ...cookieAttributes(config().dashboardUrl), httpOnly: true };
}
