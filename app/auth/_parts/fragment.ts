export interface FragmentTokens {
  accessToken: string;
  refreshToken: string;
  /** An account that has no password of its own choosing yet. */
  needsPassword: boolean;
}

/** What the auth server put behind the #: tokens (links made by an administrator), an error, or nothing of ours. */
export type Fragment = { kind: 'tokens'; tokens: FragmentTokens } | { kind: 'error'; query: string } | { kind: 'none' };

export function readFragment(hash: string): Fragment {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const [error, errorCode] = [values.get('error'), values.get('error_code')];
  if (error || errorCode) {
    // The description is left behind: whoever made the link may have written it.
    const query = new URLSearchParams({ ...(error && { error }), ...(errorCode && { error_code: errorCode }) });
    return { kind: 'error', query: query.toString() };
  }
  if (values.has('message')) return { kind: 'error', query: 'message=1' };
  const [accessToken, refreshToken] = [values.get('access_token'), values.get('refresh_token')];
  if (!accessToken || !refreshToken) return { kind: 'none' };
  const needsPassword = ['invite', 'recovery'].includes(values.get('type') ?? '');
  return { kind: 'tokens', tokens: { accessToken, refreshToken, needsPassword } };
}
