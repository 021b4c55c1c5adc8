import { dashboardRedirect } from '@/lib/page/dashboard-redirect';
import { pendingInviteCookie, readPendingInvite } from '@/lib/page/pending-invite';

/**
 * Back from signing in: to the invite whose secret waited in this browser. Without one (the mail was opened in another
 * browser) to the start page, which lists the invites addressed to this person.
 */
export async function GET(): Promise<Response> {
  const secret = await readPendingInvite();
  const response = dashboardRedirect(secret ? `/invite/${encodeURIComponent(secret)}` : '/');
  if (!secret) return response;
  const { name, value, options } = pendingInviteCookie(null);
  response.cookies.set(name, value, options);
  return response;
}
