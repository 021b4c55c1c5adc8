import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { sessionCookie } from '@/e2e/support/scripted-auth-server';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { ordinaryClaims, signHs256, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { logger } from '@/lib/log';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { API_ROUTES } from '@/server/api-routes.generated';
import { forgetTold } from '../at-most-once-a-minute';
import { authenticatePage } from '../authenticate-page';
import { refusalCounts } from '../note-refusal';

let pageCookies: { name: string; value: string }[] = [];
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => ({ getAll: () => pageCookies }) }));

let project: TestProject;
let owner: Person & { org: { id: string } };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  owner = await newOwner(project);
});
afterAll(() => project.close());
beforeEach(forgetTold);

const claims = (overrides: Record<string, unknown> = {}) => ordinaryClaims(project.issuer, overrides);

/** Routes that ask nobody who they are. */
const PUBLIC = new Set([
  '/v1/invites/:token',
  '/v1/openapi.json',
  '/v1/tokens/leaked',
  '/v1/billing/stripe-webhook',
  '/v1/:rest{.+}',
]);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every method of every route of the API, with the parameters of a real org. */
function everyRoute(): [method: string, pattern: string][] {
  return API_ROUTES.filter(({ pattern }) => pattern.startsWith('/v1') && !PUBLIC.has(pattern)).flatMap(({ pattern, handlers }) =>
    METHODS.filter((method) => method in handlers).map((method): [string, string] => [method, pattern]),
  );
}

describe('J48 an anonymous user', () => {
  test.each(everyRoute())('is refused by name at %s %s, which changes nothing', async (method, pattern) => {
    const path = pattern.replace(':org', owner.org.id).replace(/:\w+/g, crypto.randomUUID());
    const anonymous = signHs256(claims({ is_anonymous: true, email: '' }));
    const before = await tableChecksum();
    const { status, body } = await callAs(anonymous)(method, path, method === 'GET' ? undefined : {});
    expect([status, body.code]).toEqual([403, 'anonymous_not_allowed']);
    expect(await tableChecksum()).toBe(before);
  });

  test('there are routes to try', () => expect(everyRoute().length).toBeGreaterThan(20));
});

describe('J01 without a credential', () => {
  test.each(everyRoute())('%s %s is 401', async (method, pattern) => {
    const path = pattern.replace(':org', owner.org.id).replace(/:\w+/g, crypto.randomUUID());
    const { status, body, headers } = await callAs(null)(method, path, method === 'GET' ? undefined : {});
    expect([status, body.code, headers.get('www-authenticate')]).toEqual([401, 'missing_token', 'Bearer']);
  });
});

// Decided: no row of an audit trail. A refused credential belongs to no org, and strangers could fill the table; what an operator
// needs is the count by cause (pandastack_auth_refusals_total) and one line a minute.
describe('J74 a token of the staging project', () => {
  const staging = () =>
    signHs256(ordinaryClaims('https://staging.supabase.co/auth/v1', { email: 'grace@private.example' }), { secret: 'staging' });

  test('is told what it is, counted, and logged with its cause and without the person', async () => {
    const warn = vi.spyOn(logger(), 'warn');
    const before = refusalCounts().get('issuer_mismatch') ?? 0;
    const { body } = await callAs(staging())('GET', '/v1/me');
    await callAs(staging())('GET', '/v1/me');
    expect(body.error).toContain('https://staging.supabase.co/auth/v1');
    expect(body.hint).toContain('SUPABASE_URL');
    expect(refusalCounts().get('issuer_mismatch')).toBe(before + 2);
    expect(warn.mock.calls.map(([about]) => about)).toEqual([
      { event: 'auth.failed', code: 'issuer_mismatch', count: before + 1, requestId: body.request_id },
    ]);
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/grace|eyJ/);
    warn.mockRestore();
  });

  test('is counted at a page too', async () => {
    const before = refusalCounts().get('issuer_mismatch') ?? 0;
    const name = sessionCookieName({ supabasePublicUrl: project.url, dashboardUrl: 'http://localhost:3000' });
    pageCookies = [sessionCookie(name, { access_token: staging(), refresh_token: 'r', expires_at: 4_000_000_000 })];
    expect(await authenticatePage()).toBeNull();
    expect(refusalCounts().get('issuer_mismatch')).toBe(before + 1);
  });
});

describe('the word to the operator', () => {
  const linesOf = async (credential: string | null, times = 1) => {
    const warn = vi.spyOn(logger(), 'warn').mockClear();
    for (let i = 0; i < times; i++) await callAs(credential)('GET', '/v1/me');
    const lines = warn.mock.calls.map(([about]) => about as { code?: string });
    warn.mockRestore();
    return lines;
  };

  test.each<[string, string, () => string]>([
    ['J42', 'anon_key_used', () => project.anonKey],
    ['J42', 'service_key_used', () => project.serviceRoleKey],
    ['J44', 'api_key_used', () => 'sb_secret_0123456789abcdef'],
    ['J44', 'api_key_used', () => 'sb_publishable_0123456789abcdef'],
    ['K05', 'invalid_api_token', () => `pds_${'0'.repeat(36)}`],
    ['J45', 'wrong_role', () => signHs256(claims({ role: 'service_role' }))],
  ])('%s of %s comes once a minute, and never holds the credential', async (_case, code, make) => {
    const lines = await linesOf(make(), 5);
    expect(lines.map((line) => line.code)).toEqual([code]);
    expect(JSON.stringify(lines)).not.toContain(make());
  });

  test('is not said of what every client sends now and then, which is counted all the same', async () => {
    const past = Math.floor(Date.now() / 1000) - 7200;
    const before = refusalCounts().get('token_expired') ?? 0;
    expect(await linesOf(signHs256(claims({ iat: past, exp: past + 3600 })))).toEqual([]);
    expect(await linesOf(null)).toEqual([]);
    expect(refusalCounts().get('token_expired')).toBe(before + 1);
  });
});

test.each([
  ['J42 the anon key', () => project.anonKey, /access_token of the signed-in session/],
  ['J42 the service-role key', () => project.serviceRoleKey, /access_token of the signed-in session/],
  ['J44 a key of the newer kind', () => 'sb_secret_0123456789abcdef', /access_token of the signed-in session/],
])('%s as a credential is answered with what to send instead, and not repeated', async (_title, make, words) => {
  const { body, headers } = await callAs(make())('GET', '/v1/me');
  expect(body.hint).toMatch(words);
  expect(JSON.stringify([body, [...headers]])).not.toContain(make());
});

test('J30 of a subject written twice, the last founds the org and stands in the audit trail', async () => {
  const [first, last] = [crypto.randomUUID(), crypto.randomUUID()];
  const payload = JSON.stringify(claims({ sub: first })).replace(/}$/, `,"sub":"${last}"}`);
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encode('{"alg":"HS256","typ":"JWT"}')}.${encode(payload)}`;
  const token = `${signed}.${createHmac('sha256', project.secret).update(signed).digest('base64url')}`;
  const known = project.accounts.get(owner.token)?.body;
  project.accounts.set(token, { status: 200, body: { ...known, id: first } });
  // The auth server vouches for another than the one who is acting here: refused, so the two readings can never part.
  expect((await callAs(token)('POST', '/v1/orgs', { name: 'Split' })).body.code).toBe('session_revoked');
  project.accounts.set(token, { status: 200, body: { ...known, id: last } });
  const { body } = await callAs(token)('POST', '/v1/orgs', { name: 'One' });
  expect(body.owner_user_id).toBe(last);
  const events = await auditOf(body.id);
  expect(events).toEqual([last]);
});

async function auditOf(orgId: string): Promise<unknown[]> {
  const rows = await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, orgId));
  return rows.map(({ payload }) => payload.actor_id);
}
