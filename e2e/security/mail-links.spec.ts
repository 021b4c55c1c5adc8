import { type Browser, expect, type Page, test } from '@playwright/test';
import { newAccount } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { newEmail } from '../support/person';

// One product for the whole file, so one worker after another.
test.describe.configure({ mode: 'default' });

let product: OwnProduct;

test.beforeAll(async () => {
  const env = { PANDASTACK_SIGNUP: 'domains', PANDASTACK_SIGNUP_DOMAINS: 'engines.example' };
  product = await startOwnProduct({ place: 3, env });
});
test.afterAll(() => product.stop());

/** What the auth server makes for an administrator, who holds the key that may do everything. */
async function linkFor(body: object): Promise<{ action_link: string; hashed_token: string }> {
  const { url, serviceRoleKey } = product.auth;
  const headers = { apikey: serviceRoleKey, authorization: `Bearer ${serviceRoleKey}`, 'content-type': 'application/json' };
  const made = await fetch(`${url}/auth/v1/admin/generate_link`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(made.status).toBe(200);
  return made.json();
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOf(page, test.info().title)).toEqual([]);
}

/** Every address the browser asked for, and what stood behind the # at the moment it asked the auth server. */
async function watched(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked: string[] = [];
  const fragments: string[] = [];
  context.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''));
  await page.route('**/auth/v1/user', async (route) => {
    fragments.push(await page.evaluate(() => window.location.hash));
    await route.continue();
  });
  return { page, asked, fragments };
}

for (const path of ['/auth/callback', '/', '/login', '/signup']) {
  test(`C09 C13 an administrator's invite that arrives at ${path} leads to a first password, and in`, async ({ browser }) => {
    const email = newEmail('invited');
    const { action_link } = await linkFor({ type: 'invite', email, redirect_to: `${product.url}/auth/callback` });
    const arrival = new URL((await fetch(action_link, { redirect: 'manual' })).headers.get('location') ?? '');
    expect(arrival.hash).toMatch(/access_token=.*type=invite/);
    const { page, asked, fragments } = await watched(browser);
    await page.goto(product.url + path + arrival.hash);
    await expect(page.getByText(`The link signs you in as ${email}. Is that you?`)).toBeVisible();
    expect(fragments).not.toEqual([]);
    expect(fragments.filter(Boolean)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    // Typed before the script is there, it would be forgotten.
    await page.waitForURL(/set-password/, { waitUntil: 'networkidle' });
    await page.getByLabel('New password').fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
    expect(asked.filter((url) => url.includes('access_token=') && !url.startsWith(product.url))).toEqual([]);
    expect(asked.filter((url) => /access_token=/.test(url.split('#')[0] ?? ''))).toEqual([]);
    await page.context().close();
  });
}

test('a scanner that opens a mail link with a token hash uses nothing up; the click does, once', async ({ browser }) => {
  const { email } = await newAccount(product);
  const { hashed_token } = await linkFor({ type: 'magiclink', email });
  const link = `${product.url}/auth/confirm?token_hash=${hashed_token}&type=magiclink`;
  for (const method of ['GET', 'HEAD', 'GET']) {
    const opened = await fetch(link, { method });
    expect([opened.status, opened.headers.getSetCookie()]).toEqual([200, []]);
  }
  expect((await fetch(`${product.url}/auth/confirm/verify?token_hash=${hashed_token}&type=magiclink`)).status).toBe(405);
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.reload();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  const late = await browser.newPage();
  await late.goto(link);
  await late.getByRole('button', { name: 'Continue' }).click();
  await expect(late).toHaveURL(/\/auth\/error/);
});

test('a server for some domains says so before anybody types, and refuses the others in words', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${product.url}/signup`);
  await expect(page.getByText('engines.example').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('E-mail').fill('ada@elsewhere.example');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Accounts here are for other addresses' })).toBeVisible();
  await expectAccessible(page);
});
