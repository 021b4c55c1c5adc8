import { expect, test } from '@playwright/test';
import { linkIn, newestMail } from '../support/inbox';
import { founder, newProfile, signedUp, signIn } from '../support/person';

const FOREIGN = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/%2F%2Fevil.example',
  '\t//evil.example',
  '/\t/evil.example',
  '///evil.example',
  'javascript:alert(1)',
  '/auth/sign-out',
  '/v1/me',
];

test('signing in leads to none but our own pages, whatever next says', async ({ browser, baseURL }) => {
  const ada = await founder(browser);
  for (const next of FOREIGN.slice(0, 4)) {
    const again = { ...(await newProfile(browser, ada.email)), password: ada.password };
    await again.page.goto(`/login?next=${encodeURIComponent(next)}`);
    await signIn(again);
    await expect(again.page).toHaveURL(`${baseURL}/orgs/${ada.slug}`);
    await again.context.close();
  }
});

test('a signed-in person who opens the sign-in page with a foreign next stays here', async ({ browser, baseURL }) => {
  const ada = await founder(browser);
  for (const next of FOREIGN) {
    await ada.page.goto(`/login?next=${encodeURIComponent(next)}`);
    await expect(ada.page).toHaveURL(`${baseURL}/orgs/${ada.slug}`);
  }
});

test('redirects are built from the configured address, not from what a request calls us', async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' };
  for (const path of [
    '/auth/callback?error=access_denied&error_description=%3Cscript%3E',
    '/auth/callback?code=abc',
    '/',
    '/orgs/acme',
    '/?code=abc',
  ]) {
    const response = await request.get(path, { headers: forged, maxRedirects: 0 });
    expect(response.status()).toBeGreaterThanOrEqual(300);
    expect(response.status()).toBeLessThan(400);
    const target = new URL(response.headers().location ?? '', baseURL);
    expect(target.origin).toBe(new URL(baseURL ?? '').origin);
    expect(target.href).not.toContain('script');
  }
});

test('a callback code works once, in the browser that asked for it, and ends in words everywhere else', async ({ browser }) => {
  const ada = await newProfile(browser);
  await ada.page.goto('/signup');
  await ada.page.getByLabel('E-mail').fill(ada.email);
  await ada.page.getByLabel('Password').fill(ada.password);
  await ada.page.getByRole('button', { name: 'Create the account' }).click();
  const link = linkIn(await newestMail(ada.email, /confirm/i));

  const elsewhere = await newProfile(browser);
  await elsewhere.page.goto(link);
  await expect(elsewhere.page).toHaveURL(/\/auth\/error/);
  await expect(elsewhere.page.getByRole('heading', { level: 1 })).toBeVisible();
  await elsewhere.page.goto('/orgs/new');
  await expect(elsewhere.page).toHaveURL(/\/login/);
  // The address is confirmed all the same, so the person signs in with the password.
  await ada.page.goto('/login');
  await signIn(ada);
  await expect(ada.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

for (const path of ['/', '/login', '/signup']) {
  test(`C13 a code that arrives at ${path} instead of the callback still signs in`, async ({ browser }) => {
    const ada = await newProfile(browser);
    await ada.page.goto('/signup');
    await ada.page.getByLabel('E-mail').fill(ada.email);
    await ada.page.getByLabel('Password').fill(ada.password);
    await ada.page.getByRole('button', { name: 'Create the account' }).click();
    const link = new URL(linkIn(await newestMail(ada.email, /confirm/i)));
    const verified = await fetch(link, { redirect: 'manual' });
    const code = new URL(verified.headers.get('location') ?? '').searchParams.get('code');
    await ada.page.goto(`${path}?code=${code}`);
    await expect(ada.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
    expect(ada.page.url()).not.toContain('code=');
  });
}

test('signing out needs our own origin', async ({ browser }) => {
  const ada = await founder(browser);
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }] as Record<
    string,
    string
  >[]) {
    const response = await ada.page.request.post('/auth/sign-out', { headers, maxRedirects: 0 });
    expect(response.status()).toBe(403);
  }
  await ada.page.reload();
  await expect(ada.page.getByRole('heading', { name: ada.orgName })).toBeVisible();
});

test('a spoilt session cookie is a signed-out person, never an error', async ({ browser, baseURL }) => {
  const person = await signedUp(browser);
  const session = (await person.context.cookies()).filter(({ name }) => name.includes('auth-token'));
  for (const value of ['x', 'base64-!!!', 'base64-bnVsbA', 'a'.repeat(3_500)]) {
    const { context, page } = await newProfile(browser);
    await context.addCookies(session.map(({ name }) => ({ name, value, url: baseURL ?? '' })));
    await page.goto('/orgs/new');
    await expect(page).toHaveURL(/\/login/);
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await context.close();
  }
});

test('pages carry a strict content policy with a nonce, and nobody may frame them', async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const headers = (await request.get('/login')).headers();
  expect(headers['content-security-policy']).toMatch(/script-src [^;]*'nonce-[^']+'/);
  expect(headers['content-security-policy']).not.toMatch(/script-src [^;]*'unsafe-inline'/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect((await request.get('/invite/nobody-knows-this-one')).headers()['referrer-policy']).toBe('no-referrer');
});
