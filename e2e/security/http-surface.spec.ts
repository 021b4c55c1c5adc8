import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { founder } from '../support/person';
import { APP_PORT } from '../support/stack';

const UNSAFE = ['POST', 'PATCH', 'PUT', 'DELETE'];
const BODIES = [
  ['application/json', '{"name":"Evil"}'],
  ['text/plain', '{"name":"Evil"}'],
  ['application/x-www-form-urlencoded', 'name=Evil'],
] as const;

test('C26 a session cookie alone opens nothing in the API, whatever the method, the content or the origin', async ({
  browser,
}) => {
  const ada = await founder(browser);
  for (const method of UNSAFE) {
    for (const [type, data] of BODIES) {
      for (const origin of [undefined, 'null', 'https://evil.example', `http://localhost:${APP_PORT}`]) {
        const foreign = origin === 'null' || origin?.includes('evil');
        const headers = { 'content-type': type, ...(origin && { origin }), ...(foreign && { 'sec-fetch-site': 'cross-site' }) };
        const answer = await ada.page.request.fetch(method === 'POST' ? '/v1/orgs' : `/v1/orgs/${ada.slug}`, {
          method,
          headers,
          data,
        });
        expect([method, type, origin, answer.status()]).toEqual([method, type, origin, method === 'PUT' ? 405 : 401]);
      }
    }
  }
  await ada.page.reload();
  await expect(ada.page.getByRole('heading', { name: ada.orgName })).toBeVisible();
});

test('C28 no other origin may read the API, and none with credentials', async ({ request }) => {
  for (const origin of ['https://evil.example', 'null', `http://localhost.evil.example:${APP_PORT}`]) {
    for (const method of ['GET', 'OPTIONS']) {
      const preflight = { 'access-control-request-method': 'POST' };
      const answer = await request.fetch('/v1/me', { method, headers: { origin, ...preflight } });
      expect(answer.headers()['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers()['access-control-allow-credentials']).toBeUndefined();
    }
  }
});

test('C29 there are no server actions: a request that names one changes nothing and signs nobody in', async ({ browser }) => {
  const ada = await founder(browser);
  for (const origin of ['null', 'https://evil.example', `http://localhost:${APP_PORT}`]) {
    const headers = { 'next-action': 'a'.repeat(40), 'content-type': 'text/plain', origin, 'x-forwarded-host': 'evil.example' };
    const answer = await ada.page.request.post(`/orgs/${ada.slug}`, { headers, data: '[]', maxRedirects: 0 });
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
    expect(answer.headers()['set-cookie']).toBeUndefined();
  }
});

test('C30 every page carries exactly these security headers', async ({ request }) => {
  for (const path of ['/login', '/signup', '/auth/forgot', '/auth/error', '/nowhere']) {
    const all = (await request.get(path)).headers();
    const policy = (all['content-security-policy'] ?? '').replace(/'nonce-[A-Za-z0-9+/=]+'/, "'nonce-…'");
    expect([path, policy.replace(/connect-src [^;]+/, 'connect-src …').replace(/form-action [^;]+/, 'form-action …')]).toEqual([
      path,
      "default-src 'self'; script-src 'self' 'nonce-…' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src …; object-src 'none'; base-uri 'none'; form-action …; frame-ancestors 'none'; frame-src 'none'",
    ]);
    expect(all).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    });
    expect(all['x-powered-by']).toBeUndefined();
    expect(all['strict-transport-security']).toBeUndefined();
  }
});

test('C33 an upgrade that names another host opens no connection to it', async () => {
  let connections = 0;
  const inner = createServer().on('connection', () => connections++);
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
  const target = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/ping`;
  for (const extra of ['Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13', 'Connection: close']) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(APP_PORT, 'localhost', () =>
        socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${extra}\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
  }
  expect(connections).toBe(0);
  inner.close();
});

test('C34 the image optimizer fetches nothing for anybody', async ({ request }) => {
  for (const url of ['http://127.0.0.1:1/x.png', 'http://169.254.169.254/latest/meta-data', '//evil.example/x.png']) {
    const answer = await request.get(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`);
    expect([400, 404]).toContain(answer.status());
  }
});
