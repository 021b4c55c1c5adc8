import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type KeyServer, newSigningKey, type SigningKey, startKeyServer } from '@/e2e/support/key-server';
import {
  ordinaryClaims,
  setConfig,
  signAsymmetric,
  signHs256,
  startTestProject,
  type TestProject,
} from '@/e2e/support/test-project';
import { asDomainError } from '@/lib/errors';
import { verifyAccessToken } from '../access-token';
import { dropKeys } from '../drop-keys';

type Script = Parameters<KeyServer['answer']>[0];

let project: TestProject;
let server: KeyServer;
let key: SigningKey;
beforeAll(async () => {
  project = await startTestProject();
  key = await newSigningKey('ES256', 'k1');
});
afterAll(() => project.close());
beforeEach(async () => {
  server = await startKeyServer();
  const { url: SUPABASE_URL, anonKey: SUPABASE_ANON_KEY, secret: SUPABASE_JWT_SECRET } = project;
  setConfig({ SUPABASE_URL, SUPABASE_ANON_KEY, SUPABASE_JWT_SECRET, SUPABASE_JWKS_URL: server.url });
  dropKeys();
});
afterEach(() => server.close());

const set = () => JSON.stringify({ keys: [key.jwk] });

async function codeOf(token: string): Promise<string> {
  try {
    await verifyAccessToken(token);
    return 'accepted';
  } catch (error) {
    return asDomainError(error).code;
  }
}

const UNUSABLE: [string, Script][] = [
  [
    'HTML',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the captive portal</h1>'),
  ],
  ['JSON that is no key set', (response) => void response.end('{"message":"ok"}')],
  ['keys that are no list', (response) => void response.end('{"keys":{"0":{}}}')],
  ['cut JSON', (response) => void response.end(set().slice(0, -4))],
  ['nothing', (response) => void response.end()],
  ['no UTF-8', (response) => void response.end(Buffer.concat([Buffer.from(set()), Buffer.from([0xff])]))],
  ['10 MB', (response) => void response.end(`{"keys":[],"padding":"${'x'.repeat(10 * 1024 * 1024)}"}`)],
  ['a lying length', (response) => void response.writeHead(200, { 'content-length': '5' }).end(set().slice(0, 5))],
  ['more keys than a provider has', (response) => void response.end(JSON.stringify({ keys: Array(101).fill(key.jwk) }))],
  ['204', (response) => void response.writeHead(204).end()],
  ['404', (response) => void response.writeHead(404).end(set())],
  ['500 with a set', (response) => void response.writeHead(500).end(set())],
  ['a connection that ends', (response) => void response.destroy()],
];

test.each(UNUSABLE)(
  'J66 a key set answered with %s is an outage, and the shared secret goes on working',
  async (_title, script) => {
    server.answer(script);
    const claims = ordinaryClaims(project.issuer);
    expect(await codeOf(await signAsymmetric(claims, key, 'k1'))).toBe('auth_provider_unavailable');
    expect(await codeOf(signHs256(claims))).toBe('accepted');
  },
);

test('J66 a small body that grows to 64 MB is let go long before', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  server.answer((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  const before = process.memoryUsage().rss;
  expect(await codeOf(await signAsymmetric(ordinaryClaims(project.issuer), key, 'k1'))).toBe('auth_provider_unavailable');
  expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
});

test('J66 a redirect is not followed, so no address inside the network is asked', async () => {
  let inside = 0;
  const internal = createServer((_request, response) => {
    inside++;
    response.end(set());
  });
  await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve));
  const location = `http://127.0.0.1:${(internal.address() as AddressInfo).port}/latest/meta-data`;
  server.answer((response) => void response.writeHead(302, { location }).end());
  expect(await codeOf(await signAsymmetric(ordinaryClaims(project.issuer), key, 'k1'))).toBe('auth_provider_unavailable');
  expect(inside).toBe(0);
  internal.close();
});

test('J66 an answer that drips is given up after five seconds', async () => {
  const drips: NodeJS.Timeout[] = [];
  server.answer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    drips.push(setInterval(() => response.write(' '), 100));
  });
  const startedAt = performance.now();
  expect(await codeOf(await signAsymmetric(ordinaryClaims(project.issuer), key, 'k1'))).toBe('auth_provider_unavailable');
  expect(performance.now() - startedAt).toBeGreaterThan(4_000);
  for (const drip of drips) clearInterval(drip);
});

test('X17 while keys are rotated a thousand tokens are judged rightly, and none is answered with an outage', async () => {
  const [next, stranger] = [await newSigningKey('ES256', 'k2'), await newSigningKey('ES256', 'k2')];
  const tokenOf = (signing: SigningKey, kid: string) => signAsymmetric(ordinaryClaims(project.issuer), signing, kid);
  server.publish([key.jwk]);
  expect(await codeOf(await tokenOf(key, 'k1'))).toBe('accepted');
  const tokens = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const [signing, kid] = index % 4 === 0 ? [stranger, 'k2'] : [key, 'k1'];
      return { mayPass: signing === key, token: await tokenOf(signing, kid ?? '') };
    }),
  );
  const judged = Promise.all(tokens.map(async ({ mayPass, token }) => ({ mayPass, code: await codeOf(token) })));
  server.publish([key.jwk, next.jwk]);
  dropKeys();
  const fresh = await Promise.all(Array.from({ length: 50 }, async () => codeOf(await tokenOf(next, 'k2'))));
  expect(fresh).toEqual(Array(50).fill('accepted'));
  for (const { mayPass, code } of await judged) {
    if (mayPass) expect(code).toBe('accepted');
    else expect(['invalid_signature', 'invalid_token']).toContain(code);
  }
});
