import { cookies } from 'next/headers';
import { config } from '@/lib/config';
import { cookieAttributes, cookiePrefix } from '@/lib/supabase/session-cookie-name';

// Long enough for a confirmation mail to arrive, short enough not to surprise the next person at this browser.
const LIFETIME_SECONDS = 60 * 60;

/** Where people return to after signing in for an invite: the secret waits in a cookie and is in no link, mail or log. */
export const CONTINUE_INVITE = '/invite/continue';

/** The cookie that keeps an invite's secret while its holder signs in. Scripts cannot read it. */
export function pendingInviteCookie(secret: string | null) {
  const { dashboardUrl } = config();
  return {
    name: cookieName(dashboardUrl),
    value: secret ?? '',
    options: { ...cookieAttributes(dashboardUrl), httpOnly: true, maxAge: secret ? LIFETIME_SECONDS : 0 },
  };
}

/** The secret waiting in this browser, or null. */
export async function readPendingInvite(): Promise<string | null> {
  return (await cookies()).get(cookieName(config().dashboardUrl))?.value || null;
}

function cookieName(dashboardUrl: string): string {
  return `${cookiePrefix(dashboardUrl)}pandastack-invite`;
}
