import { createHmac, randomUUID, type webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { forgetVerified } from '@/lib/auth/verified-tokens';
import { type Config, loadConfig } from '@/lib/config';

/** A Supabase project as the verifier sees one: a shared secret, two published keys and a place that serves them. */
export interface TestProject {
  url: string;
  issuer: string;
  secret: string;
  anonKey: string;
  serviceRoleKey: string;
  /** Requests the key set has answered. */
  keyRequests: () => number;
  /** What GET /auth/v1/user answers to whom; the fresh check asks it. */
  accounts: Map<string, { status: number; body: Record<string, unknown> }>;
  /** What GET /auth/v1/settings answers besides. */
  settings: Record<string, unknown>;
  keys: Record<'k1' | 'k2', { alg: 'ES256' | 'RS256'; privateKey: webcrypto.CryptoKey; publicKey: webcrypto.CryptoKey }>;
  close(): Promise<void>;
}

export const TEST_SECRET = 'a-test-project-secret-that-signs-nothing-else-0123456789';

/** Starts a project on loopback and makes its configuration the process's own. */
export async function startTestProject(overrides: Record<string, string> = {}): Promise<TestProject> {
  const keys = {
    k1: { alg: 'ES256' as const, ...(await generateKeyPair('ES256')) },
    k2: { alg: 'RS256' as const, ...(await generateKeyPair('RS256')) },
  };
  const published = await Promise.all(
    Object.entries(keys).map(async ([kid, { alg, publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' })),
  );
  let keyRequests = 0;
  const accounts: TestProject['accounts'] = new Map();
  const settings: TestProject['settings'] = { external: { email: true } };
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url?.endsWith('/jwks.json')) {
      keyRequests++;
      return answer(200, { keys: published });
    }
    if (request.url?.endsWith('/settings')) return answer(200, settings);
    const account = accounts.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
    return account
      ? answer(account.status, account.body)
      : answer(403, { code: 403, error_code: 'session_not_found', msg: 'Session not found' });
  });
  const url = await listen(server);
  const anonKey = signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 });
  const serviceRoleKey = signHs256({ iss: 'supabase', role: 'service_role', iat: 1, exp: 4_000_000_000 });
  setConfig({ SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: TEST_SECRET, ...overrides });
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url,
    issuer: `${url}/auth/v1`,
    secret: TEST_SECRET,
    anonKey,
    serviceRoleKey,
    keyRequests: () => keyRequests,
    accounts,
    settings,
    keys,
    close,
  };
}

/** Makes this the configuration of the test's process. */
export function setConfig(env: Record<string, string>): Config {
  forgetVerified();
  const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config };
  holder.__pandastackConfig = loadConfig({
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: 'http://localhost:3000',
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SIGNUP: 'open',
    PANDASTACK_LOG_LEVEL: 'silent',
    ...env,
  });
  return holder.__pandastackConfig;
}

/** The claims of an ordinary access token; overrides of `undefined` remove a claim. */
export function ordinaryClaims(issuer: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    sub: randomUUID(),
    aud: 'authenticated',
    iat: now,
    exp: now + 3600,
    email: 'ada@example.com',
    phone: '',
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: {},
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: now }],
    session_id: randomUUID(),
    is_anonymous: false,
    ...overrides,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export function signHs256(
  claims: unknown,
  { secret = TEST_SECRET, header = {} }: { secret?: string | Buffer; header?: object } = {},
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

export function signAsymmetric(
  claims: Record<string, unknown>,
  { alg, privateKey }: TestProject['keys']['k1' | 'k2'],
  kid?: string,
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', ...(kid ? { kid } : {}) }).sign(privateKey);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
