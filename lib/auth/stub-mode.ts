import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import type { RequestOrigin, UserActor } from './actor';

export const LOCAL_TOKEN = 'pds_local_dev_token';
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** The one person of stub mode. */
export function stubUser(origin: RequestOrigin): UserActor {
  const { userId, userEmail } = config().stub;
  return { type: 'user', userId, email: userEmail, authMethod: 'stub', sessionId: null, aal: null, accessToken: null, origin };
}

/** A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding); the Host header gives it away. False in other modes. */
export function isForeignHost(host: string | undefined | null): boolean {
  const { mode, dashboardUrl } = config();
  return mode === 'stub' && !LOOPBACK_HOST.test(host ?? '') && host !== new URL(dashboardUrl).host;
}

export function foreignHost(): DomainError {
  return new DomainError('bad_host', 'Stub mode answers on loopback only', {
    hint: 'Open http://localhost instead, or the address in PANDASTACK_DASHBOARD_URL.',
  });
}

/** What stub mode's one person minted opens nothing once people sign in. Throws local_token_refused. */
export function refuseMintedInStubMode(createdBy: string | null): void {
  const { mode, stub } = config();
  if (mode === 'stub' || createdBy !== stub.userId) return;
  throw new DomainError('local_token_refused', 'This API token was minted in stub mode and works nowhere else', {
    hint: 'Sign in, and mint a new one on the tokens page.',
  });
}

const REMIND_EVERY_MS = 60_000;

/** Says once a minute that this server has no sign-in, as long as it may be reached from elsewhere. Returns what ends it. */
export function warnOfInsecureStub(): () => void {
  if (!config().insecureStub) return () => {};
  const warn = () =>
    logger().warn(
      'stub mode beyond loopback: whoever reaches this server is its owner (PANDASTACK_ALLOW_INSECURE_STUB=yes-i-know)',
    );
  warn();
  const timer = setInterval(warn, REMIND_EVERY_MS).unref();
  return () => clearInterval(timer);
}
