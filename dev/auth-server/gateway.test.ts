import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuthServer } from './start-auth-server';
import { callApi, createPerson, PERSON, startForTest } from './testing/start-for-test';

let server: AuthServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.close());

it('refuses requests without a known apikey, as the hosted gateway does', async () => {
  const missing = await fetch(`${server.url}/auth/v1/settings`);
  expect(missing.status).toBe(401);
  expect(await missing.json()).toMatchObject({ message: 'No API key found in request' });
  const unknown = await fetch(`${server.url}/auth/v1/settings`, { headers: { apikey: 'x' } });
  expect(await unknown.json()).toMatchObject({ message: 'Invalid API key' });
  expect((await fetch(`${server.url}/auth/v1/settings?apikey=${server.anonKey}`)).status).toBe(200);
});

it('leaves links and public keys open', async () => {
  expect((await fetch(`${server.url}/auth/v1/.well-known/jwks.json`)).status).toBe(200);
  expect((await fetch(`${server.url}/auth/v1/verify?token=x&type=signup`, { redirect: 'manual' })).status).toBe(303);
});

it('does not use a link up for a HEAD request', async () => {
  await createPerson(server);
  const { json } = await callApi(server, 'POST /admin/generate_link', { type: 'magiclink', email: PERSON.email });
  expect((await fetch(json.action_link, { method: 'HEAD', redirect: 'manual' })).status).toBe(405);
  const opened = await fetch(json.action_link, { redirect: 'manual' });
  expect(opened.headers.get('location')).toContain('#access_token=');
});

it('answers to loopback names only, so that no web page can rebind its name to it', async () => {
  expect(await statusFor('evil.example')).toBe(421);
  expect(await statusFor('localhost.evil.example')).toBe(421);
  expect(await statusFor('panda.localhost:9999')).toBe(200);
});

it('answers 405 where another method is at home', async () => {
  expect((await callApi(server, 'GET /signup')).status).toBe(405);
});

function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/inbox`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}
