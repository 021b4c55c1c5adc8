/**
 * Leaves the invite for the sign-in page while its secret waits in a cookie. By fetch, not by the form itself: under
 * `no-referrer` a form sends `Origin: null`, which says nothing to the check against other sites on plain http.
 */
export async function continueInvite(secret: string, to: 'login' | 'signup'): Promise<void> {
  const body = new FormData();
  body.set('to', to);
  const response = await fetch(`/invite/${encodeURIComponent(secret)}/continue`, { method: 'POST', body, redirect: 'manual' });
  if (response.type !== 'opaqueredirect') throw new Error('The invitation could not be kept while you sign in');
  window.location.assign(`/${to}?next=${encodeURIComponent('/invite/continue')}`);
}
