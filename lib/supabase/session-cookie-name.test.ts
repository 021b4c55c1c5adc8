import { expect, test } from 'vitest';
import { sessionCookieName } from './session-cookie-name';

const nameFor = (supabasePublicUrl: string, dashboardUrl = 'https://dash.example') =>
  sessionCookieName({ supabasePublicUrl, dashboardUrl });

test('an https dashboard binds its cookies to the host', () => {
  expect(nameFor('https://abc.supabase.co')).toBe('__Host-sb-abc-supabase-co-auth-token');
});

test('a dashboard without https cannot, and does not', () => {
  expect(nameFor('https://abc.supabase.co', 'http://localhost:3000')).toBe('sb-abc-supabase-co-auth-token');
});

test('two projects on one host do not share a session', () => {
  expect(nameFor('http://localhost:9999')).not.toBe(nameFor('http://localhost:54321'));
});
