import { config } from '@/lib/config';
import { logger } from '@/lib/log';
import { fetchWithin } from './auth-server-client';

const TIMEOUT_MS = 5_000;

/**
 * Has the auth server mail somebody the way to an account, which leads to "/" where the invites to their address are listed. Our own
 * link stays the key to those: its secret must not pass through another server's redirects and logs, and the account alone proves too
 * little, because an auth server may be set to confirm any address unasked. False, never throwing, without a service-role key, for
 * somebody who has an account already (nothing goes out then), and when the auth server refuses or is away.
 */
export async function mailAccountInvite(email: string): Promise<boolean> {
  const { supabase, dashboardUrl } = config();
  if (!supabase?.serviceRoleKey) return false;
  const { url, serviceRoleKey } = supabase;
  const address = `${url}/auth/v1/invite?redirect_to=${encodeURIComponent(`${dashboardUrl}/auth/callback`)}`;
  const headers = { apikey: serviceRoleKey, authorization: `Bearer ${serviceRoleKey}`, 'content-type': 'application/json' };
  try {
    const response = await fetchWithin(TIMEOUT_MS)(address, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email }),
      redirect: 'error',
    });
    // Who has an account is told apart by 422; anything else an operator can do something about.
    if (!response.ok && response.status !== 422) {
      logger().warn(
        { status: response.status },
        'The auth server mailed no invite; check SUPABASE_SERVICE_ROLE_KEY and its mail settings',
      );
    }
    return response.ok;
  } catch (error) {
    logger().warn({ err: error }, 'The auth server could not be asked to mail an invite');
    return false;
  }
}
