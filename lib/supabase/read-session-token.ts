import { cookies } from 'next/headers';
import { config } from '@/lib/config';
import { readSessionCookie } from './session-cookie';
import { sessionCookieName } from './session-cookie-name';

/** The access token in this request's cookies, unverified and not refreshed (proxy.ts did that); null when signed out. */
export async function readSessionToken(): Promise<string | null> {
  const { supabase, dashboardUrl } = config();
  if (!supabase) return null;
  const name = sessionCookieName({ supabasePublicUrl: supabase.publicUrl, dashboardUrl });
  const session = await readSessionCookie((await cookies()).getAll(), name);
  return session?.accessToken ?? null;
}
