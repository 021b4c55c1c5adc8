import process from 'node:process';
import { parseArgs } from 'node:util';
import { reshapeByUser } from '../auth-server/hooks/reshape-token';
import type { AuthServerOptions } from '../auth-server/options';
import { startAuthServer } from '../auth-server/start-auth-server';
import { isFree } from './is-free';

/** Beside DEV_AUTH_PORT so that a test run and a person at work do not meet. */
const FIRST_PORT = Number(process.env.DEV_AUTH_PORT ?? 9999);
const PORTS_TO_TRY = 50;

/** A change of password asks for the present one and, however young the session, for a mailed code. */
const GUARDED_PASSWORD = { securePasswordChange: true, reauthenticateAfterSeconds: 0, requireCurrentPassword: true };

/** The development auth server as a process of its own: it tells its parent where it is, and ends with it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { database: { type: 'string' }, 'site-url': { type: 'string' } } });
  const { database = ':memory:', 'site-url': siteUrl = 'http://localhost:3000' } = values;
  const { close, ...server } = await startAuthServer({
    port: await freePort(),
    databasePath: database,
    siteUrl,
    // The documentation's own list, so that a local run finds out when it is not enough.
    redirectUrls: [`${siteUrl}/auth/callback`],
    algorithm: 'HS256',
    externalProviders: providers(),
    manualLinking: true,
    ssoProviders: organizations(),
    anonymousUsers: process.env.DEV_AUTH_ANONYMOUS_USERS === 'true',
    ...(process.env.DEV_AUTH_GUARDED_PASSWORD === 'true' && GUARDED_PASSWORD),
    ...(process.env.DEV_AUTH_TOKEN_HOOK === 'true' && { accessTokenHook: reshapeByUser }),
    // Its one user is a developer who wants the next mail now.
    mailIntervalSeconds: 1,
  });
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(event, () => void close().finally(() => process.exit(0)));
  }
  process.send?.(server);
}

/** Both stand-ins, unless DEV_AUTH_PROVIDERS names others; empty for a sign-in page with none. */
function providers(): AuthServerOptions['externalProviders'] {
  const named = process.env.DEV_AUTH_PROVIDERS ?? 'google,github';
  return (['google', 'github'] as const).filter((provider) => named.split(',').includes(provider));
}

/** One stand-in identity provider for all of DEV_AUTH_SSO_DOMAINS; none while nobody names one. */
function organizations(): AuthServerOptions['ssoProviders'] {
  const domains = process.env.DEV_AUTH_SSO_DOMAINS?.split(',').filter(Boolean) ?? [];
  return domains.length > 0 ? [{ id: '5aa15aa1-0000-4000-8000-000000000001', domains }] : [];
}

export type AuthServerReady = Omit<Awaited<ReturnType<typeof startAuthServer>>, 'close'>;

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TO_TRY; port++) {
    if (await isFree(port)) return port;
  }
  return 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
