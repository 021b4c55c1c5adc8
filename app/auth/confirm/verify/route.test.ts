import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pageRequest as request } from '@/e2e/support/page-request';
import { type ScriptedAuthServer, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { POST as verify } from './route';

const DASHBOARD = 'https://dash.example';
let server: ScriptedAuthServer;
let name: string;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
    PANDASTACK_DASHBOARD_URL: DASHBOARD,
  });
  name = sessionCookieName({ supabasePublicUrl: server.url, dashboardUrl: DASHBOARD });
});
afterEach(() => server.close());

const setCookies = (response: Response) => response.headers.getSetCookie();
const OURS = { 'sec-fetch-site': 'same-origin' };

describe('the click on a mail link with a token hash', () => {
  const form = { token_hash: 'a'.repeat(56), type: 'magiclink', next: '/orgs/acme' };

  test('signs in', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/orgs/acme`);
    expect(setCookies(response).some((line) => line.startsWith(`${name}=base64`))).toBe(true);
    expect(server.calls[0]?.body).toEqual({ token_hash: form.token_hash, type: 'magiclink', gotrue_meta_security: {} });
  });

  test('a recovery goes on to choosing a password', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form: { ...form, type: 'recovery' } }));
    expect(response.headers.get('location')).toBe(`${DASHBOARD}/auth/set-password?next=%2Forgs%2Facme`);
  });

  test('C17 is refused from another site', async () => {
    const response = await verify(request('/auth/confirm/verify', { headers: { 'sec-fetch-site': 'cross-site' }, form }));
    expect(response.status).toBe(403);
    expect(server.calls).toHaveLength(0);
  });

  test.each([
    ['an unknown type', { ...form, type: 'sms' }],
    ['no type', { token_hash: form.token_hash }],
    ['a long token', { ...form, token_hash: 'a'.repeat(2_000) }],
    ['a long type', { ...form, type: 'magiclink'.repeat(1_000) }],
    ['a type of another case', { ...form, type: 'MagicLink' }],
    ['a type that every object has', { ...form, type: 'constructor' }],
    ['an empty token', { ...form, token_hash: '' }],
    ['a strange token', { ...form, token_hash: '../../../admin/users/x' }],
  ])('C16 %s is refused and not handed on', async (_name, sent) => {
    const response = await verify(request('/auth/confirm/verify', { headers: OURS, form: sent }));
    expect(response.status).toBe(400);
    expect(server.calls).toHaveLength(0);
  });

  test.each([
    ['two types', 'type=magiclink&type=recovery'],
    ['a list of types', 'type[]=magiclink'],
    ['two tokens', `type=magiclink&token_hash=${'b'.repeat(56)}`],
  ])('C16 %s are refused and not handed on', async (_name, more) => {
    const body = `token_hash=${form.token_hash}&${more}`;
    const headers = { ...OURS, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await verify(new NextRequest(`${DASHBOARD}/auth/confirm/verify`, { method: 'POST', headers, body }));
    expect(response.status).toBe(400);
    expect(server.calls).toHaveLength(0);
  });

  test('C16 C17 a body that is no form is a strange link, never a failure', async () => {
    for (const [type, body] of [
      ['application/json', '{"token_hash":"x"}'],
      ['text/plain', 'token_hash=x'],
      ['multipart/form-data; boundary=x', '--nonsense'],
    ] as const) {
      const headers = { ...OURS, 'content-type': type };
      const response = await verify(new NextRequest(`${DASHBOARD}/auth/confirm/verify`, { method: 'POST', headers, body }));
      expect(response.status).toBe(400);
    }
    expect(server.calls).toHaveLength(0);
  });

  test.each([
    ['sec-fetch-site', 'same-site'],
    ['origin', 'https://evil.example'],
    ['origin', 'null'],
  ])('C17 is refused with %s: %s', async (header, value) => {
    const response = await verify(request('/auth/confirm/verify', { headers: { [header]: value }, form }));
    expect(response.status).toBe(403);
    expect(server.calls).toHaveLength(0);
  });
});
