import { mintPageToken, type PageToken } from './page-token';
import { verifyProviderToken } from './provider-token';
import { oidcConfig } from './seal';
import type { OidcSession } from './session';

/** The provider's own access token where it was issued for this API, else one of ours. */
export async function apiTokenFor(session: OidcSession): Promise<PageToken> {
  if (oidcConfig().audience === null) return mintPageToken(session);
  const person = await verifyProviderToken(session.accessToken).catch(() => null);
  // Ours says more where the provider's leaves out the address.
  if (person?.userId !== session.userId || person.email !== session.email) return mintPageToken(session);
  return { accessToken: session.accessToken, expiresAt: session.expiresAt };
}
