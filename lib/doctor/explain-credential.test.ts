import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, newPerson } from '@/e2e/support/test-people';
import {
  ordinaryClaims,
  setConfig,
  signAsymmetric,
  signHs256,
  startTestProject,
  type TestProject,
} from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { ERROR_CODES } from '@/lib/errors';
import { ERROR_GUIDE } from './error-guide';
import { type Explanation, explainCredential, isCredential } from './explain-credential';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

const failed = ({ rules }: Explanation) => rules.find(({ state }) => state === 'failed')?.rule ?? null;
const person = (changes: Record<string, unknown> = {}) => signHs256(ordinaryClaims(project.issuer, changes));
const now = Math.floor(Date.now() / 1000);

const SIGNATURE = 'a key of this project signed it';
const LIFETIME = 'it is valid now (nbf, exp)';
const TIMES = 'it was issued in the past and lives no longer than the auth server allows (iat, exp)';

describe('an access token is told the answer of the API and the first rule it meets', () => {
  test.each<[string, () => string | Promise<string>, string | null, string | null]>([
    ['a person by the secret', () => person(), null, null],
    ['a person by a published key', () => signAsymmetric(ordinaryClaims(project.issuer), project.keys.k1, 'k1'), null, null],
    ['the anon key', () => project.anonKey, 'anon_key_used', 'it is the token of a person, not a key of the project'],
    [
      'the service key',
      () => project.serviceRoleKey,
      'service_key_used',
      'it is the token of a person, not a key of the project',
    ],
    ['an sb_ key', () => 'sb_publishable_abcdefghijklmnop', 'api_key_used', null],
    ['the local token', () => 'pds_local_dev_token', 'local_token_refused', null],
    [
      'another secret',
      () => signHs256(ordinaryClaims(project.issuer), { secret: 'x'.repeat(40) }),
      'invalid_signature',
      SIGNATURE,
    ],
    [
      'another project',
      () => signHs256(ordinaryClaims('https://staging.test/auth/v1'), { secret: 'x'.repeat(40) }),
      'issuer_mismatch',
      SIGNATURE,
    ],
    [
      'another issuer with our key',
      () => person({ iss: 'https://staging.test/auth/v1' }),
      'issuer_mismatch',
      'this project issued it (iss)',
    ],
    ['expired', () => person({ iat: now - 7200, exp: now - 3600 }), 'token_expired', LIFETIME],
    ['not yet valid', () => person({ nbf: now + 600 }), 'token_not_yet_valid', LIFETIME],
    ['from the future', () => person({ iat: now + 600, exp: now + 900 }), 'token_not_yet_valid', TIMES],
    ['a life of a year', () => person({ exp: now + 31_536_000 }), 'invalid_token', TIMES],
    ['another audience', () => person({ aud: 'other' }), 'wrong_audience', 'it is meant for this API (aud)'],
    ['another role', () => person({ role: 'admin' }), 'wrong_role', 'its role is "authenticated"'],
    [
      'an OAuth client',
      () => person({ client_id: randomUUID() }),
      'client_token_not_allowed',
      'it was not issued to a third-party application (client_id)',
    ],
    ['no session', () => person({ session_id: undefined }), 'invalid_token', 'it names a user and a session (sub, session_id)'],
    [
      'an anonymous user',
      () => person({ is_anonymous: true }),
      'anonymous_not_allowed',
      'the user is not anonymous (is_anonymous)',
    ],
    ['cut off', () => person().slice(0, 40), 'invalid_token', 'it has the form of an access token'],
    ['unsigned', () => signHs256(ordinaryClaims(project.issuer), { header: { alg: 'none' } }), 'invalid_token', SIGNATURE],
  ])('%s', async (_, make, code, rule) => {
    const token = await make();
    const explained = await explainCredential(token);
    const { status, body } = await callAs(token)('GET', '/v1/me');
    expect([explained.refusal?.code ?? null, explained.refusal?.status ?? 200]).toEqual([body.code ?? null, status]);
    expect([explained.refusal?.code ?? null, failed(explained)]).toEqual([code, rule]);
    if (code) expect(explained.refusal?.fixes.join()).not.toBe('');
  });
});

describe('an API token is told what callers are not', () => {
  test.each<[string, string, string | null, string | null]>([
    ['in order', 'select 1', null, null],
    ['revoked', 'update api_tokens set revoked_at = now()', 'invalid_api_token', 'it has not been revoked'],
    ['expired', "update api_tokens set expires_at = now() - interval '1 s'", 'api_token_expired', 'it has not expired'],
    [
      'of somebody who left',
      "update api_tokens set created_by = 'gone'",
      'invalid_api_token',
      'whoever created it is a member of its organization today',
    ],
    ['deleted', 'delete from api_tokens', 'invalid_api_token', 'the database knows it'],
    [
      'of stub mode',
      "update api_tokens set created_by = '00000000-0000-0000-0000-000000000001', role = 'member'",
      'invalid_api_token',
      'whoever created it is a member of its organization today',
    ],
  ])('%s', async (_, change, code, rule) => {
    const owner = await newOwner(project);
    const { body: token } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });
    await db().execute(sql.raw(change.startsWith('select') ? change : `${change} where id = '${token.id}'`));
    const explained = await explainCredential(token.token);
    const { body } = await callAs(token.token)('GET', '/v1/me');
    expect(explained.refusal?.code).toBe(body.code);
    expect([explained.refusal?.code ?? null, failed(explained)]).toEqual([code, rule]);
    if (code === null) expect(explained.speaksFor).toEqual([`member of ${owner.org.slug}`]);
    expect(JSON.stringify(explained)).not.toContain(token.token);
  });

  test('mistyped', async () => {
    const explained = await explainCredential(`pds_${'a'.repeat(36)}`);
    expect([failed(explained), explained.says.likely]).toEqual(['the database knows it', expect.stringContaining('mistyped')]);
  });
});

test('somebody without an organization is told the command that makes them an owner', async () => {
  const { token, userId } = newPerson(project);
  const { refusal, speaksFor } = await explainCredential(token);
  expect(refusal).toBeNull();
  expect(speaksFor.join()).toContain(`pandastack provision-owner --user-id ${userId}`);
});

test('stub mode answers as it does over HTTP', async () => {
  setConfig({ PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_DASHBOARD_URL: 'http://localhost:3000' });
  expect((await explainCredential('pds_local_dev_token')).refusal).toBeNull();
  expect((await explainCredential(person())).refusal?.code).toBe('invalid_token');
  setConfig({ SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: project.secret });
});

test('no part of a signature is told back, and a hostile claim is cut short', async () => {
  const token = person({ email: 'x'.repeat(5_000) });
  const told = JSON.stringify(await explainCredential(token));
  expect(told).not.toContain(token.split('.')[2]);
  expect(told.length).toBeLessThan(4_000);
});

test('a token is told from the id of a request', () => {
  expect(['pds_x', 'sb_secret_x', 'eyJhbGci', 'a.b.c'].map(isCredential)).toEqual([true, true, true, true]);
  expect([randomUUID(), 'my-request-7'].map(isCredential)).toEqual([false, false]);
});

test('every refusal has its words', () => {
  for (const code of ERROR_CODES)
    expect([code, ERROR_GUIDE[code].means !== '' && ERROR_GUIDE[code].fix !== '']).toEqual([code, true]);
});
