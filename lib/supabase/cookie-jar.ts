import { type CookieOptions, createServerClient, DEFAULT_COOKIE_OPTIONS } from '@supabase/ssr';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Config, SupabaseConfig } from '@/lib/config';
import { fetchWithin } from './auth-server-client';
import type { EndReason } from './refresh-once';
import { type RequestCookie, sessionChunks } from './session-cookie';
import { cookieAttributes, NO_STORE, sessionCookieName } from './session-cookie-name';

export interface CookieWrite {
  name: string;
  value: string;
  options: CookieOptions;
}

/** What a response must carry so that the browser keeps the session, and no cache does. */
export interface SessionWrites {
  cookies: CookieWrite[];
  headers: Record<string, string>;
  /** The auth server ended the session: the person deserves to hear why on the sign-in page. */
  ended?: EndReason;
}

const CALL_TIMEOUT_MS = 8_000;

/** One request's view of the session cookies: reads them, and collects what the answer has to write. */
export class CookieJar {
  readonly name: string;
  readonly writes: SessionWrites = { cookies: [], headers: {} };
  readonly #supabase: SupabaseConfig;
  readonly #dashboardUrl: string;
  readonly #cookies: readonly RequestCookie[];

  constructor(supabase: SupabaseConfig, { dashboardUrl }: Config, cookies: readonly RequestCookie[]) {
    this.#supabase = supabase;
    this.#dashboardUrl = dashboardUrl;
    this.#cookies = cookies;
    this.name = sessionCookieName({ supabasePublicUrl: supabase.publicUrl, dashboardUrl });
  }

  /** The auth library on top of these cookies; `send` replaces its way to the auth server. */
  client(send: typeof fetch = fetchWithin(CALL_TIMEOUT_MS)): SupabaseClient {
    const { url, anonKey } = this.#supabase;
    return createServerClient(url, anonKey, {
      cookieOptions: { name: this.name, ...cookieAttributes(this.#dashboardUrl) },
      global: { fetch: send },
      cookies: {
        getAll: () => [...this.#cookies],
        setAll: (cookies, headers) => {
          this.writes.cookies.push(...cookies);
          Object.assign(this.writes.headers, headers);
        },
      },
    });
  }

  /** Ends the session in this browser, whatever state its cookies are in and whether the auth server is up or not. */
  clear(): void {
    this.#remove(sessionChunks(this.#cookies, this.name).map((cookie) => cookie.name));
    this.clearVerifiers();
  }

  /** Forgets the PKCE verifiers: once somebody is signed in or out, nobody returns to a sign-in started before. */
  clearVerifiers(): void {
    const isVerifier = (name: string) => name.startsWith(`${this.name}-`) && name.includes('-code-verifier');
    this.#remove(this.#cookies.map((cookie) => cookie.name).filter(isVerifier));
  }

  #remove(names: string[]): void {
    // Next repeats a proxy's cookies on a redirect and loses a Max-Age of 0; the date alone survives that.
    const options = { ...DEFAULT_COOKIE_OPTIONS, ...cookieAttributes(this.#dashboardUrl), maxAge: 0, expires: new Date(0) };
    this.writes.cookies.push(...[...new Set(names)].map((name) => ({ name, value: '', options })));
    Object.assign(this.writes.headers, NO_STORE);
  }
}
