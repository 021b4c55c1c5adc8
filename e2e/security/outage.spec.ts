import { type BrowserContext, expect, test } from '@playwright/test';
import { newAccount, type OwnAccount, tokenLike } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { cookieChunks, sessionIn } from '../support/session-cookies';

// One auth server, which either test takes away.
test.describe.configure({ mode: 'default' });
let product: OwnProduct;

test.beforeAll(async () => {
  product = await startOwnProduct({ place: 1 });
});
test.afterAll(() => product.stop());

/** Puts the account's session into a browser, as it is when its time is up. */
async function bringExpired(context: BrowserContext, ada: OwnAccount): Promise<void> {
  const name = ada.cookie().split(/[.=]/)[0] ?? '';
  const expires_at = Math.floor(Date.now() / 1000) - 60;
  const access_token = tokenLike(ada, { iat: expires_at - 3600, exp: expires_at }, product.auth.jwtSecret);
  const chunks = cookieChunks(name, { ...ada.session, expires_at, access_token });
  await context.addCookies(chunks.map((chunk) => ({ ...chunk, url: product.url, sameSite: 'Lax' as const })));
}

test('C22 a session that runs out while the auth server is away waits for it, and goes on without signing in again', async ({
  browser,
}) => {
  const ada = await newAccount(product);
  const org = await ada.api('POST', '/orgs', { name: 'Analytical Engines' });
  const home = `${product.url}/orgs/${org.body.slug}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  await bringExpired(context, ada);
  const before = await context.cookies();

  await product.stopAuth();
  const answer = await page.goto(home);
  expect(answer?.status()).toBe(503);
  expect(answer?.headers()).toMatchObject({ 'retry-after': '5', 'cache-control': 'private, no-store' });
  expect(answer?.headers()['set-cookie']).toBeUndefined();
  await expect(page.getByRole('heading', { name: 'The sign-in service cannot be reached' })).toBeVisible();
  expect(await faultsOf(page, 'an outage')).toEqual([]);
  const scripts = await context.request.post(`${product.url}/auth/refresh`, { headers: { origin: product.url } });
  expect([scripts.status(), scripts.headers()['set-cookie']]).toEqual([503, undefined]);
  const login = await context.request.get(`${product.url}/login`);
  expect([login.status(), login.headers()['set-cookie']]).toEqual([200, undefined]);
  expect(await context.cookies()).toEqual(before);

  await product.startAuth();
  // A refusal of the outage's last moment is remembered for a second, so the first click may still meet it.
  await expect(async () => {
    await page.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Analytical Engines' })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(page).toHaveURL(home);
  expect(sessionIn(await context.cookies()).session.refresh_token).not.toBe(ada.session.refresh_token);
  await context.close();
});

test('D17 while the auth server is away whoever is signed in reads on, what is sensitive waits, the sign-in page tells of it, and no cookie goes', async ({
  browser,
}) => {
  const ada = await newAccount(product);
  const org = await ada.api('POST', '/orgs', { name: 'Difference Engines' });
  const context = await browser.newContext();
  const name = ada.cookie().split(/[.=]/)[0] ?? '';
  const chunks = cookieChunks(name, ada.session);
  await context.addCookies(chunks.map((chunk) => ({ ...chunk, url: product.url, sameSite: 'Lax' as const })));
  const before = await context.cookies();

  await product.stopAuth();
  const page = await context.newPage();
  await page.goto(`${product.url}/orgs/${org.body.slug}`);
  await expect(page.getByRole('heading', { name: 'Difference Engines' })).toBeVisible();
  expect((await ada.api('GET', '/me')).status).toBe(200);
  expect(await ada.api('POST', `/orgs/${org.body.id}/tokens`, { label: 'ci' })).toMatchObject({
    status: 503,
    body: { code: 'auth_provider_unavailable' },
  });
  expect(await context.cookies()).toEqual(before);

  const elsewhere = await browser.newContext();
  const stranger = await elsewhere.newPage();
  // What the auth server offers is remembered for a minute.
  await expect(async () => {
    await stranger.goto(`${product.url}/login`);
    await expect(stranger.getByText('The sign-in service does not answer')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 90_000, intervals: [2_000] });
  expect(await faultsOf(stranger, 'the sign-in page of an outage')).toEqual([]);
  await elsewhere.close();
  await product.startAuth();
  await expect(async () => {
    expect((await ada.api('POST', `/orgs/${org.body.id}/tokens`, { label: 'ci' })).status).toBe(201);
  }).toPass();
  await context.close();
});
