import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { founder, type Person } from '../support/person';
import { cookieHeader, sessionIn } from '../support/session-cookies';
import { APP_URL } from '../support/stack';

const sessionOf = async ({ context }: Person) => sessionIn(await context.cookies());

const get = (path: string, cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${APP_URL}${path}`, { headers: { cookie, ...headers }, redirect: 'manual' });

test('C20 thirty requests at the moment of expiry share one refresh, and all of them see the page', async ({ browser }) => {
  const ada = await founder(browser);
  const { name, session } = await sessionOf(ada);
  const cookie = cookieHeader(name, { ...session, expires_at: 1 });
  const path = `/orgs/${ada.slug}/settings`;
  // Every other one is what the browser fetches ahead for the next page; Next first names its own address for that.
  const prefetch = async () => {
    const headers = { rsc: '1', 'next-router-prefetch': '1' };
    const named = (await get(path, cookie, headers)).headers.get('location') ?? path;
    expect(named).toMatch(/^\/orgs\/[^/]+\/settings(\?_rsc=[\w-]+)?$/);
    return get(named, cookie, headers);
  };
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? prefetch() : get(path, cookie))));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const written = answers.map(({ headers }) =>
    headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join(' '),
  );
  expect(new Set(written).size).toBe(1);
  expect(written[0]).toContain(name);
  for (const { headers } of answers) expect(headers.get('cache-control')).toContain('no-store');
});

test('C21 a session that was ended leads to the sign-in page in one step, says why, and does not loop', async ({ browser }) => {
  const ada = await founder(browser);
  const { name, session } = await sessionOf(ada);
  const answer = await get(`/orgs/${ada.slug}`, cookieHeader(name, { ...session, expires_at: 1, refresh_token: 'long gone' }));
  expect(answer.status).toBe(307);
  expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(`/orgs/${ada.slug}`)}`);
  const kept = answer.headers.getSetCookie().filter((line) => !/Expires=Thu, 01 Jan 1970/i.test(line));
  expect(new Set(kept.map((line) => line.split(';')[0]))).toEqual(new Set(['pandastack-session-ended=session_ended']));
  expect(answer.headers.getSetCookie().length).toBeGreaterThan(kept.length);
  const login = await get(answer.headers.get('location') ?? '', 'pandastack-session-ended=session_ended');
  expect(login.status).toBe(200);
  expect(await login.text()).toContain('Your session ended');
});

test('C18 a token of another project and unsigned words about oneself open nothing, and C38 the sign-in page stays put', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { name, session } = await sessionOf(ada);
  const [header = '', payload = ''] = session.access_token.split('.');
  const forged = createHmac('sha256', 'the secret of another project, long enough to be one').update(`${header}.${payload}`);
  const expires_at = Math.floor(Date.now() / 1000) + 3600;
  const user = { ...session.user, role: 'owner', app_metadata: { role: 'owner' } };
  for (const access_token of [`${header}.${payload}.${forged.digest('base64url')}`, `${header}.${payload}.`, 'x']) {
    const cookie = cookieHeader(name, { ...session, user, expires_at, access_token });
    const page = await get(`/orgs/${ada.slug}`, cookie);
    expect([page.status, page.headers.get('location')]).toEqual([307, expect.stringMatching(/^\/login\?next=/)]);
    expect((await get('/login', cookie)).status).toBe(200);
  }
});

test('C38 whoever is signed in and opens the sign-in page goes on to next, and one whose session has ended stays there', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { name, session } = await sessionOf(ada);
  const next = `/orgs/${ada.slug}/members`;
  const login = `/login?next=${encodeURIComponent(next)}`;
  const live = await get(login, cookieHeader(name, session));
  expect([live.status, live.headers.get('location')]).toEqual([307, next]);
  await ada.page.goto(login);
  await expect(ada.page).toHaveURL(next);
  const ended = await get(login, cookieHeader(name, { ...session, expires_at: 1, refresh_token: 'long gone' }));
  expect(ended.status).toBe(200);
  expect(ended.headers.getSetCookie().some((line) => line.startsWith(name) && /Expires=Thu, 01 Jan 1970/i.test(line))).toBe(true);
  expect(await ended.text()).toContain('Your session ended');
});
