import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  ordinaryClaims,
  setConfig,
  signAsymmetric,
  signHs256,
  startTestProject,
  type TestProject,
} from '@/e2e/support/test-project';
import { asDomainError } from '@/lib/errors';
import { logger } from '@/lib/log';
import { prefetchKeys, verifyAccessToken } from '../access-token';
import { dropKeys } from '../drop-keys';

let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
afterEach(() => {
  vi.restoreAllMocks();
  setConfig(environment());
});

const environment = (overrides: Record<string, string> = {}) => ({
  SUPABASE_URL: project.url,
  SUPABASE_ANON_KEY: project.anonKey,
  SUPABASE_JWT_SECRET: project.secret,
  ...overrides,
});
const claims = (overrides: Record<string, unknown> = {}) => ordinaryClaims(project.issuer, overrides);

async function codeOf(token: string): Promise<string> {
  try {
    await verifyAccessToken(token);
    return 'accepted';
  } catch (error) {
    return asDomainError(error).code;
  }
}

describe('J38 the issuer check', () => {
  const eventsOf = async (work: () => unknown) => {
    const warn = vi.spyOn(logger(), 'warn').mockClear();
    await work();
    return warn.mock.calls.map(([about]) => about);
  };

  test('turned off by name accepts a token without an issuer, and says so once at the start', async () => {
    setConfig(environment({ SUPABASE_ISSUER: 'none' }));
    expect(await eventsOf(prefetchKeys)).toEqual([{ event: 'issuer_unchecked' }]);
    const later = await eventsOf(async () => {
      expect(await codeOf(signHs256(claims({ iss: undefined })))).toBe('accepted');
    });
    expect(later).not.toContainEqual({ event: 'issuer_unchecked' });
  });

  test('left on says nothing', async () => {
    expect(await eventsOf(prefetchKeys)).toEqual([]);
  });
});

describe('J69 a secret with something around it', () => {
  test.each([
    ['a newline', (secret: string) => `${secret}\n`],
    ['a line end of Windows', (secret: string) => `${secret}\r\n`],
    ['a space', (secret: string) => ` ${secret}`],
    ['double quotes', (secret: string) => `"${secret}"`],
    ['single quotes', (secret: string) => `'${secret}'`],
  ])('%s is refused at the start, with any kind of project key and without telling it', (_title, bend) => {
    for (const key of [project.anonKey, 'sb_publishable_of_the_project']) {
      const start = () => setConfig(environment({ SUPABASE_JWT_SECRET: bend(project.secret), SUPABASE_ANON_KEY: key }));
      expect(start).toThrow(/SUPABASE_JWT_SECRET/);
      expect(start).not.toThrow(project.secret);
    }
  });
});

test('J70 the secret base64-decoded is found out at the start by the anon key', () => {
  const decoded = Buffer.from(project.secret, 'base64').toString('hex');
  expect(() => setConfig(environment({ SUPABASE_JWT_SECRET: decoded }))).toThrow(/did not sign SUPABASE_ANON_KEY/);
});

test('J68 after a rotation and a restart, tokens of the old secret are refused', async () => {
  const token = signHs256(claims());
  expect(await codeOf(token)).toBe('accepted');
  const rotated = {
    SUPABASE_JWT_SECRET: 'the-new-secret-of-the-project-0123456789abcdef',
    SUPABASE_ANON_KEY: 'sb_publishable_of_it',
  };
  setConfig(environment(rotated));
  expect(await codeOf(token)).toBe('invalid_signature');
});

test('J72 a token of another provider is refused, also where its key has the name of one of ours', async () => {
  const other = await startTestProject();
  setConfig(environment());
  dropKeys();
  const foreign = ordinaryClaims('https://idp.example.com', {
    sub: 'ada',
    aud: 'client',
    session_id: undefined,
    role: undefined,
  });
  expect(await codeOf(await signAsymmetric(foreign, other.keys.k1, 'k1'))).toBe('issuer_mismatch');
  expect(await codeOf(await signAsymmetric(foreign, project.keys.k1, 'k1'))).toBe('issuer_mismatch');
  await other.close();
});

describe('J21 what no header can carry', () => {
  test.each([
    ['a newline within', (token: string) => token.replace('.', '.\n')],
    ['a newline behind', (token: string) => `${token}\n`],
    ['dots that only look like dots', (token: string) => token.replaceAll('.', '\u2024')],
    ['one full-width dot', (token: string) => token.replace('.', '\uff0e')],
    ['an invisible character', (token: string) => `${token}\u200b`],
  ])('%s is no token when it comes through a cookie', async (_title, bend) => {
    expect(await codeOf(bend(signHs256(claims())))).toBe('invalid_token');
  });
});

test('J25 a jku beside a published algorithm asks nobody', async () => {
  let requests = 0;
  const attacker = createServer((_request, response) => {
    requests++;
    response.end('{"keys":[]}');
  });
  await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
  const address = attacker.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/jwks.json`;
  const [, payload, signature] = (await signAsymmetric(claims(), project.keys.k1, 'k1')).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'evil', jku: url, x5u: url })).toString('base64url');
  expect(await codeOf(`${header}.${payload}.${signature}`)).toBe('invalid_signature');
  expect(requests).toBe(0);
  attacker.close();
});
