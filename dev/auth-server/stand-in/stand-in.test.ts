import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuthServer } from '../start-auth-server';
import { startForTest } from '../testing/start-for-test';

const SSO_ID = '5aa15aa1-0000-4000-8000-000000000001';
let server: AuthServer;

beforeAll(async () => {
  server = await startForTest({ externalProviders: ['github'], ssoProviders: [{ id: SSO_ID, domains: ['sso.example.com'] }] });
});
afterAll(() => server.close());

const post = (path: string, form: Record<string, string>) =>
  fetch(`${server.url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

const pageUrl = (redirectUri: string): string =>
  `/stand-in/github/login/oauth/authorize?${new URLSearchParams({ redirect_uri: redirectUri, state: 's' })}`;
const PAGE = pageUrl('http://localhost:1/callback');

it('sends nobody away from this machine', async () => {
  for (const uri of ['https://evil.example/', 'http://localhost.evil.example/', 'http://localhost@evil.example/', '//evil', '']) {
    expect((await fetch(`${server.url}${pageUrl(uri)}`)).status).toBe(400);
    expect((await post(pageUrl(uri), { email: 'a@example.com' })).status).toBe(400);
  }
});

it('shows who came before as text, whatever their name is', async () => {
  await post(PAGE, { email: 'a@example.com', name: '"><script>alert(1)</script>' });
  const response = await fetch(`${server.url}${PAGE}`);
  const page = await response.text();
  expect(page).toContain('a@example.com');
  expect(page).not.toContain('<script>');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('remembers a person by address: the id stays when the name changes', async () => {
  const ids: number[] = [];
  for (const name of ['First', 'Second']) {
    const back = await post(PAGE, { email: 'b@example.com', name });
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const token = await (await post('/stand-in/github/login/oauth/access_token', { code })).json();
    const headers = { authorization: `Bearer ${token.access_token}` };
    const user = await (await fetch(`${server.url}/stand-in/github/api/v3/user`, { headers })).json();
    expect(user.name).toBe(name);
    ids.push(user.id);
    expect(await (await post('/stand-in/github/login/oauth/access_token', { code })).json()).toHaveProperty('error');
  }
  expect(ids[1]).toBe(ids[0]);
});

it('gives its profile to a token only', async () => {
  for (const path of ['user', 'user/emails'])
    expect((await fetch(`${server.url}/stand-in/github/api/v3/${path}`)).status).toBe(401);
});

it('needs an address, and exists for what is configured only', async () => {
  expect((await post(PAGE, { name: 'Nobody' })).status).toBe(400);
  expect((await fetch(`${server.url}/stand-in/gitlab/login/oauth/authorize`)).status).toBe(404);
  expect((await fetch(`${server.url}/stand-in/sso/${SSO_ID}`)).status).toBe(200);
  expect((await fetch(`${server.url}/stand-in/sso/11111111-1111-4111-8111-111111111111`)).status).toBe(404);
  expect((await post(`/stand-in/sso/${SSO_ID}?RelayState=x`, { name: 'Nobody' })).status).toBe(400);
});
