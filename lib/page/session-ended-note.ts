import { cookies } from 'next/headers';
import { config } from '@/lib/config';
import type { EndReason } from '@/lib/supabase/refresh-once';
import { cookieAttributes } from '@/lib/supabase/session-cookie-name';

const NAME = 'pandastack-session-ended';
// Long enough for the redirect to the sign-in page, too short to be told twice.
const LIFETIME_SECONDS = 20;

/** A note from proxy.ts to the sign-in page: pages see only that the session is gone, not why it was ended. */
export function sessionEndedCookie(why: EndReason) {
  return { name: NAME, value: why, ...cookieAttributes(config().dashboardUrl), httpOnly: true, maxAge: LIFETIME_SECONDS };
}

/** Why the auth server ended this browser's session a moment ago; undefined when it did not. */
export async function readSessionEnded(): Promise<string | undefined> {
  return (await cookies()).get(NAME)?.value;
}
