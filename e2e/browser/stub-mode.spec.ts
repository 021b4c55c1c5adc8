import { request as send } from 'node:http';
import { expect, type Page, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';

// One product for the whole file, so one worker after another.
test.describe.configure({ mode: 'default' });

const PAGES = ['', '/members', '/tokens', '/audit', '/settings'].map((page) => `/orgs/local-dev${page}`);
const ACCOUNT = ['/account', '/account/security', '/account/sessions'];
let product: OwnProduct;

test.beforeAll(async () => {
  product = await startOwnProduct({ place: 4, env: { PANDASTACK_AUTH_MODE: 'stub' } });
});
test.afterAll(() => product.stop());

async function faultsIn(page: Page, path: string): Promise<string[]> {
  await page.goto(product.url + path);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Stub mode' })).toBeVisible();
  return faultsOf(page, `stub${path}`);
}

test('S01 the one person of stub mode works without a sign-in, and every page says what that means', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(product.url);
  await expect(page).toHaveURL(`${product.url}/orgs/local-dev`);
  for (const path of ['/login', '/signup', '/login?next=/account']) {
    await page.goto(product.url + path);
    await expect(page).not.toHaveURL(/login|signup/);
  }
  const faults: string[] = [];
  for (const path of [...PAGES, ...ACCOUNT]) faults.push(...(await faultsIn(page, path)));
  expect(faults).toEqual([]);

  await page.goto(`${product.url}/orgs/local-dev/tokens`);
  await page.getByRole('button', { name: 'New token' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Label').fill('laptop');
  await form.getByRole('button', { name: 'Create token' }).click();
  await expect(form.getByText(/^pds_/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('stub mode has no account to change: no password, no address, no factor, no session is offered', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  for (const path of ACCOUNT) {
    await page.goto(product.url + path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    for (const name of [/save the password/i, /send the links/i, /add an authenticator/i, /sign out (all others|everywhere)/i])
      await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
});

test('S06 under a name from elsewhere there is neither a page nor an API', async () => {
  const ask = (path: string, host: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(product.url);
      const headers = { host, authorization: 'Bearer pds_local_dev_token' };
      const request = send({ host: hostname, port, path, headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, text });
      });
      request.on('error', reject).end();
    });
  for (const path of ['/', '/login', '/auth/forgot', ...PAGES, ...ACCOUNT, '/v1/me', '/v1/orgs']) {
    const { status, text } = await ask(path, 'evil.example');
    expect([path, status]).toEqual([path, 403]);
    expect(text).not.toMatch(/pds_local|dev@local|Local development/);
  }
  expect((await ask('/v1/me', new URL(product.url).host)).status).toBe(200);
});
