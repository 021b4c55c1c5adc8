'use client';

import { usePublicConfig } from '@/lib/api-client/public-config-context';
import { nextCookie } from '@/lib/page/remembered-next';
import { withNext } from '@/lib/page/safe-next';
import type { BrowserAuth } from '@/lib/supabase/browser-client';
import { needsSecondFactor } from '@/lib/supabase/needs-second-factor';

interface AuthHandle {
  /** Loaded and made on first use: it is as large as all else of a sign-in page, and most who open one have yet to type. */
  auth: () => Promise<BrowserAuth>;
  /** The address that mail links and providers must return to; this browser remembers `next` until they do. */
  callbackUrl: (next: string) => string;
}

/** The browser's door to the auth server. */
export function useAuth(): AuthHandle {
  const config = usePublicConfig();
  return {
    auth: async () => {
      const { supabaseBrowserClient } = await import('@/lib/supabase/browser-client').catch(outage);
      return supabaseBrowserClient(config).auth;
    },
    callbackUrl: (next) => {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on http://localhost and in older browsers
      document.cookie = nextCookie(next, window.location.protocol === 'https:');
      return `${config.dashboardUrl}/auth/callback`;
    },
  };
}

/** What the library itself throws when the auth server is away. */
function outage(cause: unknown): never {
  throw Object.assign(new Error('the auth library cannot be loaded', { cause }), { name: 'AuthRetryableFetchError' });
}

/** Mail links are bound to this browser by a SHA-256 challenge, which browsers compute on secure pages only. */
export function refuseInsecurePage(): void {
  if (!window.isSecureContext) throw Object.assign(new Error('not a secure context'), { code: 'insecure_page' });
}

/** Goes on after signing in: to `path`, by way of the second factor when the account has one. */
export function enterSignedIn(session: Parameters<typeof needsSecondFactor>[0], path: string): void {
  enter(needsSecondFactor(session) ? withNext('/mfa', path) : path);
}

/** A full load, so that the server sees the new cookies. `path` comes from the server, through safeNext. */
export function enter(path: string): void {
  window.location.assign(path);
}
