import * as client from 'openid-client';
import { config } from '@/lib/config';
import { logger } from '@/lib/log';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { oidcProvider, providerAnswers } from './provider';
import { endRefreshToken } from './refresh-lease';
import type { OidcSession } from './session';
import { clearSession, readSession } from './session-cookie';
import { attemptsCookie } from './sign-in-attempts';

export interface OidcSignOut {
  writes: SessionWrites;
  /** Where the provider ends its own session; null when it cannot, or does not answer. */
  providerUrl: string | null;
}

/**
 * Ends the session here always; its refresh token for every replica and, where it can be revoked, at the provider. `next` comes
 * back as `state` to /login?reason=signed_out, because providers compare that address to the letter.
 */
export async function signOutOidc(cookies: readonly RequestCookie[], next: string): Promise<OidcSignOut> {
  const session = await readSession(cookies);
  const { cookies: cleared, headers } = clearSession(cookies);
  const asked = await attemptsCookie({ attempts: [], signedOut: true });
  const writes = { cookies: [...cleared, asked], headers };
  if (!session) return { writes, providerUrl: null };
  const [providerUrl] = await Promise.all([endSessionUrl(session, next), endRefresh(session)]);
  return { writes, providerUrl };
}

async function endSessionUrl({ idToken }: OidcSession, next: string): Promise<string | null> {
  // A person who signs out must not land on a page that does not load.
  if (!(await providerAnswers())) return null;
  const provider = await oidcProvider();
  if (!provider.serverMetadata().end_session_endpoint) return null;
  return client.buildEndSessionUrl(provider, {
    post_logout_redirect_uri: `${config().dashboardUrl}/login?reason=signed_out`,
    ...(idToken === null ? {} : { id_token_hint: idToken }),
    ...(next === '/' ? {} : { state: next }),
  }).href;
}

async function endRefresh({ refreshToken, endsAt }: OidcSession): Promise<void> {
  if (refreshToken === null) return;
  await endRefreshToken(refreshToken, endsAt).catch(tell);
  if (!(await providerAnswers())) return;
  const provider = await oidcProvider();
  if (!provider.serverMetadata().revocation_endpoint) return;
  await client.tokenRevocation(provider, refreshToken, { token_type_hint: 'refresh_token' }).catch(tell);
}

function tell(error: unknown): void {
  logger().warn({ err: error }, 'a refresh token could not be revoked at a sign-out');
}
