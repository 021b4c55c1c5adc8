import { config, type SupabaseConfig } from '@/lib/config';
import { logger } from '@/lib/log';
import { fetchWithin } from './auth-server-client';

const TIMEOUT_MS = 5_000;
/** What POST /invite answers for an address that has a confirmed account. */
const HAS_ACCOUNT = 422;

/**
 * Has the auth server mail somebody the way in: to an account of their own or, where they have one, to signing in. It leads to "/",
 * where the invites to their address are listed. Both kinds of people get a mail, so that whoever invites does not learn which
 * addresses have accounts. Our own link stays the key to an invite: its secret must not pass through another server's redirects and
 * logs, and the account alone proves too little, because an auth server may be set to confirm any address unasked.
 * False, never throwing, without a service-role key and when the auth server refuses or is away.
 */
export async function mailAccountInvite(email: string): Promise<boolean> {
  const { supabase } = config();
  if (!supabase?.serviceRoleKey) return false;
  try {
    const status = await ask(supabase, 'invite', supabase.serviceRoleKey, { email });
    const last = status === HAS_ACCOUNT ? await ask(supabase, 'otp', supabase.anonKey, { email, create_user: false }) : status;
    if (last === 200) return true;
    logger().warn({ status: last }, 'The auth server mailed no invite; check SUPABASE_SERVICE_ROLE_KEY and its mail settings');
  } catch (error) {
    logger().warn({ err: error }, 'The auth server could not be asked to mail an invite');
  }
  return false;
}

async function ask({ url }: SupabaseConfig, path: 'invite' | 'otp', key: string, body: object): Promise<number> {
  const back = encodeURIComponent(`${config().dashboardUrl}/auth/callback`);
  const response = await fetchWithin(TIMEOUT_MS)(`${url}/auth/v1/${path}?redirect_to=${back}`, {
    method: 'POST',
    headers: { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
  });
  await response.body?.cancel();
  return response.status;
}
