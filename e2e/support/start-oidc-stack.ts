import { rmSync } from 'node:fs';
import process from 'node:process';
import { CONTROL_URL, OIDC_APP_URL, OIDC_CLIENT, OIDC_DATA_DIR, PROVIDER_PORT, PROVIDER_URL } from './oidc-stack';
import { startOpenidProvider } from './openid-provider';

// Like start-stack.ts, with a provider of OpenID Connect in place of the auth server.
rmSync(OIDC_DATA_DIR, { recursive: true, force: true });
await startOpenidProvider({
  issuer: PROVIDER_URL,
  port: PROVIDER_PORT,
  controlPort: Number(new URL(CONTROL_URL).port),
  client: OIDC_CLIENT,
  appUrl: OIDC_APP_URL,
});
Object.assign(process.env, {
  PANDASTACK_AUTH_MODE: 'oidc',
  PANDASTACK_DASHBOARD_URL: OIDC_APP_URL,
  PANDASTACK_OIDC_ISSUER: PROVIDER_URL,
  PANDASTACK_OIDC_CLIENT_ID: OIDC_CLIENT.id,
  PANDASTACK_OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
  PANDASTACK_SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
});
await import('../../dev/start');
