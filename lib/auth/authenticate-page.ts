import { headers } from 'next/headers';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { readSessionToken } from '@/lib/supabase/read-session-token';
import type { UserActor } from './actor';
import { authenticateOidcPage } from './authenticate-oidc';
import { authenticateUser } from './authenticate-request';
import { noteRefusal } from './note-refusal';
import { tellRefusal } from './refusal-listener';
import { originOf } from './request-origin';
import { foreignHost, isForeignHost, stubUser } from './stub-mode';

/**
 * The person behind a page request: the session cookie's access token through the same verifier as the API's.
 * Null when nobody is signed in. Throws auth_provider_unavailable when that cannot be known: an outage signs nobody out.
 */
export async function authenticatePage(): Promise<UserActor | null> {
  const requestHeaders = await headers();
  const origin = originOf(requestHeaders);
  if (config().mode === 'stub') {
    if (isForeignHost(requestHeaders.get('host'))) throw foreignHost();
    return stubUser(origin);
  }
  if (config().mode === 'oidc') return authenticateOidcPage(requestHeaders, origin);
  const accessToken = await readSessionToken();
  if (accessToken === null) return null;
  try {
    return await authenticateUser(accessToken, origin);
  } catch (error) {
    if (!(error instanceof DomainError) || error.status >= 500) throw error;
    noteRefusal(error, origin);
    tellRefusal({ code: error.code, kind: 'credential', route: 'a page', origin, actorId: '', orgId: '' });
    return null;
  }
}
