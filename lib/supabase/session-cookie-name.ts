interface CookieOrigin {
  /** The project as the browser reaches it. */
  supabasePublicUrl: string;
  dashboardUrl: string;
}

/**
 * The session cookie's name, computed here for both sides: the browser knows only the public URL of the project, and a name
 * made from the server's own URL would differ. Host and port are both in it, so two projects on localhost stay apart.
 */
export function sessionCookieName({ supabasePublicUrl, dashboardUrl }: CookieOrigin): string {
  const project = new URL(supabasePublicUrl).host.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${cookiePrefix(dashboardUrl)}sb-${project}-auth-token`;
}

/** Attributes of every cookie this product writes. Session cookies stay readable by script: the browser client needs them. */
export function cookieAttributes(dashboardUrl: string) {
  return { path: '/', sameSite: 'lax', secure: isHttps(dashboardUrl) } as const;
}

/** `__Host-` binds a cookie to this very host over https, so that a sibling subdomain cannot plant one. */
export function cookiePrefix(dashboardUrl: string): '__Host-' | '' {
  return isHttps(dashboardUrl) ? '__Host-' : '';
}

function isHttps(url: string): boolean {
  return url.startsWith('https:');
}

/** What an answer carries that writes a session, so that no cache hands it to somebody else. */
export const NO_STORE = {
  'Cache-Control': 'private, no-cache, no-store, must-revalidate, max-age=0',
  Expires: '0',
  Pragma: 'no-cache',
};
