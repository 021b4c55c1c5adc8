import type { PublicConfig } from '@/lib/public-config';
import { askForSession, storedSession } from './browser-session';

const ENDED = { status: 400, body: { error_code: 'refresh_token_not_found', msg: 'The session has ended' } };
const OUTAGE = { status: 503, body: { error_code: 'request_timeout', msg: 'The sign-in service cannot be reached' } };

/**
 * What the auth library in a browser sends its requests with: a refresh of this browser's own session goes to our server, which
 * does it once for all tabs and pages. The library forgets a session at a 4xx, so an outage must never look like one.
 */
export function refreshingAtOurServer(config: PublicConfig): typeof fetch {
  return async (input, init) => {
    const token = refreshTokenOf(String(input instanceof Request ? input.url : input), init?.body);
    // Tokens out of a link are not ours yet, and the auth server alone can say what they are worth.
    if (token === null || (await storedSession(config))?.refreshToken !== token) return fetch(input, init);
    const answer = await askForSession('?anew=1&store=caller');
    const { status, body } = answer.status === 200 ? answer : answer.status === 401 ? ENDED : OUTAGE;
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
}

function refreshTokenOf(url: string, body: unknown): string | null {
  if (!url.endsWith('/auth/v1/token?grant_type=refresh_token') || typeof body !== 'string') return null;
  const sent: unknown = JSON.parse(body);
  return typeof sent === 'object' && sent !== null && 'refresh_token' in sent ? String(sent.refresh_token) : null;
}
