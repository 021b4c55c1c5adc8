import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageRequest } from '@/e2e/support/page-request';
import { newSession, type ScriptedAuthServer, sessionCookie, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { proxy } from '@/proxy';
import { contentSecurityPolicy } from './security-headers';

const DASHBOARD = 'https://dash.example';
const OURS = /^(content-security|x-|referrer|cross-origin|permissions|strict-transport)/;
let server: ScriptedAuthServer;

beforeEach(async () => {
  server = await startScriptedAuthServer();
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_PUBLIC_URL: 'https://project.example',
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
    PANDASTACK_DASHBOARD_URL: DASHBOARD,
  });
});
afterEach(() => server.close());

function secured(response: Response): Record<string, string> {
  const all = [...response.headers].filter(([name]) => OURS.test(name) && !name.startsWith('x-middleware-'));
  return Object.fromEntries(all.map(([name, value]) => [name, value.replace(/'nonce-[A-Za-z0-9+/]{22}=='/, "'nonce-…'")]));
}

const EXACTLY = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self' 'nonce-…' 'strict-dynamic'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' wss://dash.example https://project.example",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self' https://dash.example",
    "frame-ancestors 'none'",
    "frame-src 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

test.each(['/', '/login', '/orgs/acme', '/auth/callback', '/nowhere'])(
  'C30 where the dashboard has https, %s carries exactly these headers',
  async (path) => {
    expect(secured(await proxy(pageRequest(path)))).toEqual(EXACTLY);
  },
);

test('C30 so does the page of an outage, and an invite differs in telling nobody its address', async () => {
  server.answer(() => ({ status: 503 }));
  const name = sessionCookieName({ supabasePublicUrl: 'https://project.example', dashboardUrl: DASHBOARD });
  const outage = await proxy(pageRequest('/orgs/acme', { cookies: [sessionCookie(name, newSession({ expires_at: 1 }))] }));
  expect(outage.status).toBe(503);
  expect(secured(outage)).toEqual(EXACTLY);
  expect(secured(await proxy(pageRequest('/invite/secret')))).toEqual({ ...EXACTLY, 'referrer-policy': 'no-referrer' });
});

test('C30 where the API has a host of its own, calls and terminals may go there and to no other', () => {
  const config = { dashboardUrl: DASHBOARD, apiUrl: 'https://api.example', supabase: null };
  const policy = contentSecurityPolicy({ config, nonce: 'n', path: '/', development: false });
  expect(policy).toContain("connect-src 'self' https://api.example wss://api.example;");
});
