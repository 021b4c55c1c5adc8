import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { apiTokens } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs } from '@/e2e/support/test-people';
import { ordinaryClaims, setConfig, signHs256, TEST_SECRET } from '@/e2e/support/test-project';
import { hashSecret } from '@/lib/auth/api-token';
import { type Environment, loadConfig } from '@/lib/config';
import { renderMetrics } from '@/lib/health/process-metrics';
import { logger } from '@/lib/log';
import { publicConfig } from '@/lib/public-config';
import { seedStubOrg } from '@/lib/setup/seed-stub-org';
import { warnOfStubRows } from '@/lib/setup/warn-of-stub-rows';
import { createApiApp } from '@/server/api-app';
import { forgetTold } from './at-most-once-a-minute';
import { authenticatePage } from './authenticate-page';
import { refusalCounts } from './note-refusal';
import { REMOTE_ADDRESS_HEADER } from './request-origin';
import { warnOfInsecureStub } from './stub-mode';

let pageHeaders = new Headers();
let pageCookies: { name: string; value: string }[] = [];
vi.mock('next/headers', () => ({ headers: async () => pageHeaders, cookies: async () => ({ getAll: () => pageCookies }) }));

const LOCAL_TOKEN = 'pds_local_dev_token';
const STUB_USER = '00000000-0000-0000-0000-000000000001';

beforeAll(testDatabase);

function stubMode(): void {
  setConfig({ PANDASTACK_AUTH_MODE: 'stub' });
}

function supabaseMode(): void {
  const anonKey = signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 });
  setConfig({ SUPABASE_URL: 'http://127.0.0.1:9', SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: TEST_SECRET });
}

describe('stub mode', () => {
  beforeAll(async () => {
    stubMode();
    await seedStubOrg();
  });

  test('S01 knows one person by the local development token', async () => {
    stubMode();
    const { status, body } = await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, { host: 'localhost:3000' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user_id: STUB_USER, auth_method: 'stub', current_org: { slug: 'local-dev', role: 'owner' } });
  });

  test.each([
    ['a person’s token', () => signHs256(ordinaryClaims('http://127.0.0.1:9/auth/v1'))],
    ['a random word', () => randomUUID()],
    ['an unknown API token', () => `pds_${'0'.repeat(36)}`],
    ['the local token in capitals', () => LOCAL_TOKEN.toUpperCase()],
    ['the local token and a character more', () => `${LOCAL_TOKEN}x`],
    ['the local token cut', () => LOCAL_TOKEN.slice(0, -1)],
    ['no token', () => null],
  ])('S02 refuses %s', async (_what, credential) => {
    stubMode();
    const before = await tableChecksum();
    const { status } = await callAs(credential())('POST', '/v1/orgs', { name: 'Mine' }, { host: 'localhost:3000' });
    expect(status).toBe(401);
    expect(await tableChecksum()).toBe(before);
  });

  test.each(['x-stub-user', 'x-user-email', 'x-pandastack-user-id', 'x-pandastack-auth-method'])(
    'S04 takes nothing from %s',
    async (header) => {
      stubMode();
      const headers = { host: 'localhost:3000', [header]: 'admin@example.com' };
      const { body } = await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, headers);
      expect(body).toMatchObject({ user_id: STUB_USER, email: 'dev@local.pandastack', auth_method: 'stub' });
    },
  );

  test.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.5:3000', ''])(
    'S06 answers a page elsewhere that points its name "%s" at this machine with 403',
    async (host) => {
      stubMode();
      const { status, body } = await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, { host });
      expect([status, body.code]).toEqual([403, 'bad_host']);
    },
  );

  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('S06 answers on loopback as %s', async (host) => {
    stubMode();
    expect((await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, { host })).status).toBe(200);
  });

  test.each(['evil.example', 'evil.example:3000', '10.0.0.5:3000'])('S06 gives %s no page either', async (host) => {
    stubMode();
    pageHeaders = new Headers({ host });
    await expect(authenticatePage()).rejects.toMatchObject({ code: 'bad_host' });
    pageHeaders = new Headers({ host: 'localhost:3000' });
    expect(await authenticatePage()).toMatchObject({ userId: STUB_USER, authMethod: 'stub' });
  });

  test('S13 is not left by a change of the environment while it runs', async () => {
    stubMode();
    vi.stubEnv('PANDASTACK_AUTH_MODE', 'supabase');
    const { body } = await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, { host: 'localhost:3000' });
    expect(body.auth_method).toBe('stub');
    vi.unstubAllEnvs();
  });

  test('S13 cannot be left or entered by a request', async () => {
    stubMode();
    const app = createApiApp('http://localhost:3000');
    const response = await app.request('http://localhost:3000/v1/me?mode=supabase&PANDASTACK_AUTH_MODE=supabase', {
      headers: {
        host: 'localhost:3000',
        authorization: `Bearer ${LOCAL_TOKEN}`,
        cookie: 'PANDASTACK_AUTH_MODE=supabase; mode=supabase',
        'x-pandastack-auth-mode': 'supabase',
      },
    });
    expect(await response.json()).toMatchObject({ auth_method: 'stub' });
  });
});

describe('stub mode starts on loopback alone', () => {
  const stub: Environment = { PANDASTACK_AUTH_MODE: 'stub' };
  // NODE_ENV says how the code was built, not who can reach it: loopback is what keeps strangers out, so that is what is asked.
  test.each<[string, Environment]>([
    ['listening on every address', { ...stub, HOSTNAME: '0.0.0.0' }],
    ['listening on every IPv6 address', { ...stub, HOSTNAME: '::' }],
    ['listening on a container’s name', { ...stub, HOSTNAME: 'a1b2c3d4e5f6' }],
    ['a public address', { ...stub, PANDASTACK_DASHBOARD_URL: 'https://dashboard.example.com' }],
    ['an address of the local network', { ...stub, PANDASTACK_DASHBOARD_URL: 'http://192.168.1.20:3000' }],
    ['a name that begins like loopback', { ...stub, PANDASTACK_DASHBOARD_URL: 'http://localhost.example.com' }],
    ['an answer to the warning that is not the one', { ...stub, HOSTNAME: '0.0.0.0', PANDASTACK_ALLOW_INSECURE_STUB: 'yes' }],
  ])('S05 refuses %s', (_title, env) => {
    expect(() => loadConfig(env)).toThrow(/HOSTNAME|PANDASTACK_DASHBOARD_URL|PANDASTACK_ALLOW_INSECURE_STUB/);
  });

  test('S05 listens on loopback when nothing is said, in production too', () => {
    expect(loadConfig({ ...stub, NODE_ENV: 'production' }).hostname).toBe('localhost');
  });

  test('S05 goes beyond loopback for whoever says that they know', () => {
    const env = { ...stub, HOSTNAME: '0.0.0.0', PANDASTACK_ALLOW_INSECURE_STUB: 'yes-i-know' };
    expect(loadConfig(env)).toMatchObject({ hostname: '0.0.0.0', insecureStub: true });
  });

  test('S05 says once a minute what that means, until it ends, and nothing on loopback', () => {
    vi.useFakeTimers();
    const warn = vi.spyOn(logger(), 'warn');
    stubMode();
    warnOfInsecureStub()();
    expect(warn).not.toHaveBeenCalled();
    setConfig({ PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_ALLOW_INSECURE_STUB: 'yes-i-know' });
    const end = warnOfInsecureStub();
    vi.advanceTimersByTime(120_000);
    expect(warn).toHaveBeenCalledTimes(3);
    end();
    vi.advanceTimersByTime(120_000);
    expect(warn).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
    warn.mockRestore();
  });

  test.each([undefined, '', 'Supabase ', 'supabase ', 'STUB', 'STUB\n', 'none', 'stub,supabase', 'true'])(
    'S10 the mode %j is no mode',
    (mode) => {
      expect(() => loadConfig({ PANDASTACK_AUTH_MODE: mode })).toThrow(/PANDASTACK_AUTH_MODE/);
    },
  );

  test('S12 a dashboard told of another mode than the API stops the start', () => {
    expect(() => loadConfig({ ...stub, NEXT_PUBLIC_PANDASTACK_AUTH_MODE: 'supabase' })).toThrow(
      /NEXT_PUBLIC_PANDASTACK_AUTH_MODE/,
    );
  });
});

describe('the other modes', () => {
  test.each([
    ['the token itself', {}],
    ['the token and stub headers', { 'x-stub-user': STUB_USER, 'x-pandastack-auth-mode': 'stub' }],
  ])('S09 have no door for %s', async (_title, headers) => {
    supabaseMode();
    const { status, body } = await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, headers);
    expect([status, body.code]).toEqual([401, 'local_token_refused']);
  });

  test('S09 hand no stub token to the browser', () => {
    supabaseMode();
    expect(publicConfig()).toMatchObject({ authMode: 'supabase', stubToken: null });
  });

  test('S08 leave the stub person’s org where it is, with no way to it by the stub', async () => {
    stubMode();
    await seedStubOrg();
    const minted = (await callAs(LOCAL_TOKEN)('POST', '/v1/me/tokens', { label: 'kept' }, { host: 'localhost' })).body;
    expect((await callAs(minted.token)('GET', '/v1/me', undefined, { host: 'localhost' })).status).toBe(200);
    supabaseMode();
    const before = await tableChecksum();
    for (const [method, path] of [
      ['GET', '/v1/me'],
      ['GET', '/v1/orgs/local-dev/members'],
      ['POST', '/v1/orgs'],
    ] as const) {
      const refused = await callAs(minted.token)(method, path, method === 'POST' ? { name: 'Mine' } : undefined);
      expect([refused.status, refused.body.code]).toEqual([401, 'local_token_refused']);
    }
    expect(await tableChecksum()).toBe(before);
    for (const path of ['/v1/me', '/v1/orgs/local-dev', '/v1/orgs/local-dev/members']) {
      expect((await callAs(LOCAL_TOKEN)('GET', path)).body.code).toBe('local_token_refused');
    }
  });

  test('S08 say at the start which orgs the stub person left, and stub mode says nothing', async () => {
    stubMode();
    await seedStubOrg();
    const warn = vi.spyOn(logger(), 'warn');
    await warnOfStubRows();
    expect(warn).not.toHaveBeenCalled();
    supabaseMode();
    await warnOfStubRows();
    expect(warn).toHaveBeenCalledExactlyOnceWith({ event: 'stub_rows', orgs: ['local-dev'] }, expect.any(String));
    warn.mockRestore();
  });

  test.each<Record<string, string>>([{ 'x-stub-user': STUB_USER }, { 'x-pandastack-auth-mode': 'stub' }, {}])(
    'S09 S13 give no page to a visitor with the headers %j',
    async (sent) => {
      supabaseMode();
      pageHeaders = new Headers({ host: 'localhost:3000', authorization: `Bearer ${LOCAL_TOKEN}`, ...sent });
      pageCookies = [{ name: 'pandastack-stub', value: LOCAL_TOKEN }];
      expect(await authenticatePage()).toBeNull();
    },
  );

  test('K24 S14 count every trial with the local token and tell operators once a minute, without who tried', async () => {
    supabaseMode();
    forgetTold();
    const warn = vi.spyOn(logger(), 'warn');
    const before = refusalCounts().get('local_token_refused') ?? 0;
    const origin = { [REMOTE_ADDRESS_HEADER]: '203.0.113.77', 'user-agent': 'curl/8' };
    for (let i = 0; i < 3; i++) await callAs(LOCAL_TOKEN)('GET', '/v1/me', undefined, origin);
    expect(refusalCounts().get('local_token_refused')).toBe(before + 3);
    expect((await renderMetrics()).text).toContain(`pandastack_auth_refusals_total{code="local_token_refused"} ${before + 3}`);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      { event: 'auth.failed', code: 'local_token_refused', count: before + 1, requestId: expect.any(String) },
      expect.any(String),
    );
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/203\.0\.113|curl|pds_local/);
    warn.mockRestore();
  });

  test('S14 stay shut when a row hashes to the local token', async () => {
    supabaseMode();
    const before = await db().select().from(apiTokens);
    if (!before.some(({ tokenHash }) => tokenHash === hashSecret(LOCAL_TOKEN))) {
      await db()
        .insert(apiTokens)
        .values({ tokenHash: hashSecret(LOCAL_TOKEN), prefix: 'pds_local_de', workspaceId: 'local-dev', role: 'owner' });
    }
    expect((await callAs(LOCAL_TOKEN)('GET', '/v1/me')).body.code).toBe('local_token_refused');
  });
});
