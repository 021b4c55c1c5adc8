/** As much of a session as the question needs; the auth library's own Session fits. */
interface SessionLike {
  access_token: string;
  user?: { factors?: readonly { status: string }[] | null } | null;
}

/**
 * Whether this session should answer a two-factor challenge before it goes on: its account has a verified factor and the
 * session has not shown it. Decodes without verifying, so it may choose a page and never a right. For both sides.
 */
export function needsSecondFactor({ access_token, user }: SessionLike): boolean {
  const enrolled = user?.factors?.some(({ status }) => status === 'verified') ?? false;
  return enrolled && tokenClaims(access_token).aal !== 'aal2';
}

/** The claims of an access token, unverified; nothing for a string that is none. */
export function tokenClaims(accessToken: string): Record<string, unknown> {
  try {
    const payload = (accessToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
