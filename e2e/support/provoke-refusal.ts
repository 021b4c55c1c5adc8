import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { FAILURES_A_MINUTE, limitFailures } from '@/lib/auth/limit-failures';
import type { Config } from '@/lib/config';
import { DomainError, type ErrorCode } from '@/lib/errors';
import { type Operation, parametersOf } from '@/lib/openapi/operation';
import { requestTo, type Sent, send, type World } from './api-world';
import type { Answer, Person } from './test-people';
import { ordinaryClaims, setConfig, signAsymmetric, signHs256, type TestProject } from './test-project';

export interface Scene {
  operation: Operation;
  world: World;
  project: TestProject;
  /** Whom the operation is for. */
  caller: Person;
}
export type Provocation = (scene: Scene) => Promise<Answer>;

/** Runs with another configuration, then with the old one again. */
export async function withConfig<T>(env: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config };
  const before = holder.__pandastackConfig;
  setConfig(env);
  try {
    return await work();
  } finally {
    holder.__pandastackConfig = before;
  }
}

/** The environment of the project itself, to change a part of. */
export function environmentOf({ url, anonKey, secret }: TestProject): Record<string, string> {
  return { SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: secret };
}

const usual = ({ operation, world }: Scene): Sent => requestTo(operation, world);
const asCaller = (scene: Scene, sent: Partial<Sent> = {}) => send({ ...usual(scene), ...sent }, scene.caller.token);
const withCredential = (credential: (scene: Scene) => string | null | Promise<string>): Provocation => {
  return async (scene) => send(usual(scene), await credential(scene));
};
const withClaims = (claims: Record<string, unknown>, signing = {}) =>
  withCredential(({ project }) => signHs256(ordinaryClaims(project.issuer, claims), signing));
const seconds = () => Math.floor(Date.now() / 1000);

/** What the auth server answers for the caller at that moment. */
function withAccount(change: (body: Record<string, unknown>) => { status?: number; body: Record<string, unknown> }): Provocation {
  return async (scene) => {
    const { accounts } = scene.project;
    const { token } = scene.caller;
    const before = accounts.get(token);
    if (!before) throw new Error('the caller has no account');
    accounts.set(token, { status: 200, ...change(before.body) });
    // The part of a change that needs it most.
    const body = scene.operation.id === 'changeOrg' ? { body: { mfa_required: false } } : {};
    return asCaller(scene, body).finally(() => accounts.set(token, before));
  };
}
const authError = (error_code: string) => withAccount(() => ({ status: 403, body: { code: 403, error_code, msg: 'no' } }));

function withDatabase(database: object | undefined): Provocation {
  return async (scene) => {
    const holder = globalThis as { __pandastackDatabase?: object };
    const before = holder.__pandastackDatabase;
    holder.__pandastackDatabase = { database };
    return asCaller(scene).finally(() => {
      holder.__pandastackDatabase = before;
    });
  };
}

async function withMfaDemanded(scene: Scene): Promise<Answer> {
  const demand = (on: boolean) => db().execute(sql`update orgs set mfa_required = ${on} where id = ${scene.world.org.id}`);
  await demand(true);
  return asCaller(scene).finally(() => demand(false));
}

async function expiredToken({ world }: Scene): Promise<string> {
  const { body } = await world.owner.call('POST', `/v1/orgs/${world.org.id}/tokens`, { label: 'old' });
  await db().execute(sql`update api_tokens set expires_at = now() - interval '1 second' where id = ${body.id}`);
  return body.token;
}

async function afterManyFailures(scene: Scene): Promise<Answer> {
  const ip = '203.0.113.9';
  const failure = new DomainError('invalid_token', 'failed');
  for (let tries = 0; tries <= FAILURES_A_MINUTE; tries++) await limitFailures(failure, ip);
  const { headers, ...sent } = usual(scene);
  return send({ ...sent, headers: { ...headers, 'x-pandastack-remote-address': ip } }, 'nonsense');
}

function malformed(scene: Scene): Promise<Answer> {
  const { operation } = scene;
  if (operation.input) return asCaller(scene, { body: { no_such_field: 1 } });
  const { path } = usual(scene);
  if (operation.query) return asCaller(scene, { path: `${path}?no_such_field=1` });
  return asCaller(scene, { path: path.replace(/[^/]+$/, '%zz') });
}

function outOfReach(scene: Scene): Promise<Answer> {
  const [first = ''] = parametersOf(scene.operation);
  return send(requestTo(scene.operation, scene.world, { [first]: 'nul\0' }), scene.caller.token);
}

async function keysAway({ operation, world, project }: Scene): Promise<Answer> {
  const url = 'http://127.0.0.1:9';
  const token = await signAsymmetric(ordinaryClaims(`${url}/auth/v1`), project.keys.k1, 'k1');
  return withConfig({ ...environmentOf(project), SUPABASE_URL: url }, () => send(requestTo(operation, world), token));
}

/** What refuses any operation that may be refused so. None of it changes anything. */
export const ANYWHERE: Partial<Record<ErrorCode, Provocation>> = {
  missing_token: withCredential(() => null),
  invalid_token: withCredential(() => 'nonsense'),
  invalid_signature: withClaims({}, { secret: 'another-secret-of-another-project-0123456789' }),
  token_expired: withClaims({ iat: seconds() - 7200, exp: seconds() - 3600 }),
  token_not_yet_valid: withClaims({ iat: seconds() + 3600, exp: seconds() + 7200 }),
  issuer_mismatch: withClaims({ iss: 'https://elsewhere.example/auth/v1' }),
  wrong_audience: withClaims({ aud: 'elsewhere' }),
  wrong_role: withClaims({ role: 'supabase_admin' }),
  anon_key_used: withCredential(({ project }) => project.anonKey),
  service_key_used: withCredential(({ project }) => project.serviceRoleKey),
  api_key_used: withCredential(() => 'sb_publishable_0123456789'),
  local_token_refused: withCredential(() => 'pds_local_dev_token'),
  client_token_not_allowed: withClaims({ client_id: randomUUID() }),
  invalid_api_token: withCredential(() => `pds_${'0'.repeat(36)}`),
  api_token_expired: withCredential(expiredToken),
  anonymous_not_allowed: withClaims({ is_anonymous: true }),
  bad_host: (scene) => {
    const { headers, ...sent } = usual(scene);
    const stub = { PANDASTACK_AUTH_MODE: 'stub' };
    return withConfig(stub, () => send({ ...sent, headers: { ...headers, host: 'evil.example' } }, 'pds_local_dev_token'));
  },
  rate_limited: afterManyFailures,
  token_not_allowed: withCredential(({ world }) => world.tokens.owner.token),
  org_not_found: withCredential(({ world }) => world.stranger.token),
  not_a_member: withCredential(({ world }) => world.stranger.token),
  forbidden: withCredential(({ world }) => world.member.token),
  session_revoked: authError('session_not_found'),
  user_banned: authError('user_banned'),
  email_not_verified: withAccount((body) => ({ body: { ...body, email_confirmed_at: null } })),
  insufficient_aal: (scene) => {
    if (scene.operation.who !== 'person') return withMfaDemanded(scene);
    const factors = [{ id: randomUUID(), status: 'verified', factor_type: 'totp' }];
    return withAccount((body) => ({ body: { ...body, factors } }))(scene);
  },
  not_found: outOfReach,
  validation_failed: malformed,
  invalid_json: (scene) => asCaller(scene, { body: '{' }),
  payload_too_large: (scene) => asCaller(scene, { body: { filler: 'x'.repeat(70_000) } }),
  unsupported_media_type: (scene) => {
    const { headers } = usual(scene);
    return asCaller(scene, { body: 'text', headers: { ...headers, 'content-type': 'text/plain' } });
  },
  dependency_unavailable: withDatabase(undefined),
  auth_provider_unavailable: keysAway,
  internal_error: withDatabase({}),
};
