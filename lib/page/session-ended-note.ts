import { cookies } from 'next/headers';
import { config } from '@/lib/config';
import { cookieAttributes } from '@/lib/supabase/session-cookie-name';

const NAME = 'pandastack-session-ended';
// Long enough for the redirect to the sign-in page, too short to be told twice.
const LIFETIME_SECONDS = 20;

/** A note from proxy.ts to the sign-in page: pages see only that the session is gone, not that it was ended. */
export function sessionEndedCookie() {
  return { name: NAME, value: '1', ...cookieAttributes(config().dashboardUrl), httpOnly: true, maxAge: LIFETIME_SECONDS };
}

/** Whether this browser's session was ended by the auth server a moment ago. */
export async function readSessionEnded(): Promise<boolean> {
  return (await cookies()).has(NAME);
}
