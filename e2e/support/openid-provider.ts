import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

interface Options {
  issuer: string;
  port: number;
  /** Another port, for tests: POST /stop and /start, GET /refreshes?account=. */
  controlPort: number;
  client: { id: string; secret: string };
  appUrl: string;
}

/** How long the access tokens of accounts that begin with "short" live; shorter than anybody reads a page. */
const SHORT_S = 24;

/**
 * oidc-provider as an operator would run it: opaque access tokens, refresh tokens that are taken once. An account is whatever
 * address is typed in; one that begins with "unverified" has not proven it.
 */
export async function startOpenidProvider({ issuer, port, controlPort, client, appUrl }: Options): Promise<void> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const refreshes = new Map<string, number>();
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${appUrl}/auth/callback`],
        post_logout_redirect_uris: [`${appUrl}/login?reason=signed_out`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'of-the-tests', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['of-the-tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified'), name: id.split('@')[0] ?? '' }),
    }),
    issueRefreshToken: () => Promise.resolve(true),
    rotateRefreshToken: true,
    features: { devInteractions: { enabled: true }, revocation: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    ttl: {
      AccessToken: (_context, token) => ('accountId' in token && token.accountId?.startsWith('short') ? SHORT_S : 3600),
      Session: 86_400,
      Grant: 86_400,
      Interaction: 3600,
      IdToken: 3600,
      RefreshToken: 86_400,
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.on('grant.success', ({ oidc }) => {
    if (oidc.params?.grant_type !== 'refresh_token') return;
    const account = oidc.entities.RefreshToken?.accountId ?? '';
    refreshes.set(account, (refreshes.get(account) ?? 0) + 1);
  });
  const listen = () =>
    new Promise<Server>((resolve) => {
      const server = createServer(provider.callback()).listen(port, 'localhost', () => resolve(server));
    });
  let running = await listen();
  const stop = () =>
    new Promise<void>((resolve) => {
      running.close(() => resolve());
      running.closeAllConnections();
    });
  createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/stop') await stop();
    if (url.pathname === '/start') running = await listen();
    response.end(String(refreshes.get(url.searchParams.get('account') ?? '') ?? 0));
  }).listen(controlPort, 'localhost');
}
