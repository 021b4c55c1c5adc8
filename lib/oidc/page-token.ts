import { z } from 'zod';
import { config } from '@/lib/config';
import { seal, unseal } from './seal';
import type { OidcSession } from './session';

const MAX_LIFETIME_SECONDS = 300;

const schema = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string().min(1),
  email: z.string(),
  aal: z.enum(['aal1', 'aal2']),
  sid: z.string(),
  exp: z.number(),
  provider_token: z.string().min(1),
});

/** What a page's islands send to /v1 as Bearer. */
export interface PageToken {
  accessToken: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/** Who a page token speaks for. */
export type PageTokenClaims = z.infer<typeof schema>;

/** An encrypted access token for our own API: five minutes at the most, and never beyond the provider's own token. */
export async function mintPageToken(session: OidcSession): Promise<PageToken> {
  const now = Math.floor(Date.now() / 1000);
  const expiresAt = Math.min(now + MAX_LIFETIME_SECONDS, session.expiresAt, session.endsAt);
  const claims: PageTokenClaims = {
    ...parties(),
    sub: session.userId,
    email: session.email,
    aal: session.aal,
    sid: session.sessionId,
    exp: expiresAt,
    provider_token: session.accessToken,
  };
  return { accessToken: await seal('page-token', claims), expiresAt };
}

/** The claims of a token of our own; `expired` when its time is over, null for anything else. */
export async function openPageToken(token: string): Promise<PageTokenClaims | 'expired' | null> {
  const { data } = schema.safeParse(await unseal('page-token', token));
  if (!data) return null;
  const { iss, aud } = parties();
  if (data.iss !== iss || data.aud !== aud) return null;
  // We read the clock that wrote it, so there is no tolerance to give.
  return data.exp > Date.now() / 1000 ? data : 'expired';
}

function parties() {
  const { dashboardUrl, apiUrl } = config();
  return { iss: dashboardUrl, aud: `${apiUrl || dashboardUrl}/v1` };
}
