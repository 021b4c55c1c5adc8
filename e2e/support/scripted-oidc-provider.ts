import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { setConfig } from './test-project';

type Answer = { status: number; body?: unknown };
type Script = (call: { path: string; form: URLSearchParams; bearer: string }) => Answer | undefined;

export interface ScriptedProvider {
  issuer: string;
  /** Paths asked so far. */
  calls: string[];
  /** What it says instead of its ordinary answer; undefined leaves that. */
  answer: (script: Script) => void;
  /** What the discovery document says besides. */
  metadata: Record<string, unknown>;
  /** The claims of the id token and of userinfo. */
  claims: Record<string, unknown>;
  sign: (claims: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>;
  env: (extra?: Record<string, string>) => Record<string, string>;
  close: () => Promise<void>;
}

export const CLIENT_ID = 'pandastack-dashboard';

/** An OpenID Connect provider that says what the test wants, and remembers what it was asked. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }];
  const calls: string[] = [];
  let script: Script = () => undefined;
  let nonce = '';
  const sign: ScriptedProvider['sign'] = (claims, header = {}) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: provider.issuer, iat: now, exp: now + 3600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
      .sign(privateKey);
  };
  const tokens = async () => ({
    access_token: randomUUID(),
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: randomUUID(),
    id_token: await sign({ aud: CLIENT_ID, ...(nonce ? { nonce } : {}), ...provider.claims }),
  });
  const discovery = () => ({
    issuer: provider.issuer,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    userinfo_endpoint: `${provider.issuer}/userinfo`,
    jwks_uri: `${provider.issuer}/jwks`,
    ...provider.metadata,
  });
  const ordinary = async (path: string, form: URLSearchParams): Promise<Answer> => {
    if (path === '/.well-known/openid-configuration') return { status: 200, body: discovery() };
    if (path === '/jwks') return { status: 200, body: { keys } };
    if (path === '/userinfo') return { status: 200, body: provider.claims };
    // The code of these tests is the nonce that the sign-in was begun with.
    nonce = form.get('code') ?? '';
    return { status: 200, body: await tokens() };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const path = request.url ?? '';
    calls.push(path);
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const { status, body } = script({ path, form, bearer }) ?? (await ordinary(path, form));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: ScriptedProvider = {
    issuer,
    calls,
    answer: (next) => {
      script = next;
    },
    metadata: {},
    claims: { sub: randomUUID(), email: 'ada@example.com', email_verified: true, name: 'Ada' },
    sign,
    env: (extra = {}) => ({
      PANDASTACK_AUTH_MODE: 'oidc',
      PANDASTACK_OIDC_ISSUER: issuer,
      PANDASTACK_OIDC_CLIENT_ID: CLIENT_ID,
      PANDASTACK_SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
      PANDASTACK_SIGNUP: 'open',
      ...extra,
    }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  setConfig(provider.env());
  return provider;
}
