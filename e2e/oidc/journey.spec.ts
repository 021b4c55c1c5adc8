import { type Browser, expect, type Page, test } from '@playwright/test';
import { CONTROL_URL, OIDC_APP_URL, PROVIDER_URL } from '../support/oidc-stack';
import { faultsOf } from '../support/page-faults';
import { bearer, newEmail, newProfile } from '../support/person';

test.use({ baseURL: OIDC_APP_URL });
test.describe.configure({ mode: 'serial' });

const SIGN_IN = /^Sign in with localhost/;

/** Types an address into the provider's own page, and lets the app have it. */
async function atProvider(page: Page, email: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`^${PROVIDER_URL}/`));
  await page.locator('input[name=login]').fill(email);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: /continue/i }).click();
}

async function signedIn(browser: Browser, email: string) {
  const person = await newProfile(browser, email);
  await person.page.goto(`${OIDC_APP_URL}/`);
  await person.page.getByRole('link', { name: SIGN_IN }).click();
  await atProvider(person.page, email);
  await expect(person.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  return person;
}

async function foundOrg(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page).toHaveURL(/\/orgs\/[a-z0-9-]+$/);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

test('two people meet in an organization, mint a token and leave by way of the provider', async ({ browser, playwright }) => {
  const request = await playwright.request.newContext({ baseURL: OIDC_APP_URL });
  const ada = await signedIn(browser, newEmail('ada'));
  const slug = await foundOrg(ada.page, 'Acme');
  const guest = newEmail('grace');
  await ada.page.goto(`${OIDC_APP_URL}/orgs/${slug}/members`);
  await ada.page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(guest);
  const answer = ada.page.waitForResponse(
    (response) => response.url().endsWith('/invites') && response.request().method() === 'POST',
  );
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  const { invite_url: link } = await (await answer).json();

  const grace = await newProfile(browser, guest);
  await grace.page.goto(link);
  await grace.page
    .getByRole('button', { name: /sign in/i })
    .first()
    .click();
  await grace.page.getByRole('link', { name: SIGN_IN }).click();
  await atProvider(grace.page, guest);
  await grace.page.getByRole('button', { name: 'Join Acme' }).click();
  await expect(grace.page).toHaveURL(`${OIDC_APP_URL}/orgs/${slug}`);

  await grace.page.goto(`${OIDC_APP_URL}/orgs/${slug}/tokens`);
  await grace.page.getByRole('button', { name: 'New token' }).first().click();
  const form = grace.page.getByRole('dialog');
  await form.getByLabel('Label').fill('laptop');
  const minted = grace.page.waitForResponse(
    (response) => response.url().endsWith('/tokens') && response.request().method() === 'POST',
  );
  await form.getByRole('button', { name: 'Create token' }).click();
  const { token } = await (await minted).json();
  expect(await (await bearer(request, token)('GET', '/v1/me')).json()).toMatchObject({
    user_id: `${PROVIDER_URL}|${guest}`,
    email: guest,
    auth_method: 'token',
  });

  // No script can read what the session is made of.
  const cookies = (await grace.context.cookies()).filter(({ name }) => name.startsWith('pandastack-session'));
  expect(cookies.length).toBeGreaterThan(0);
  expect(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax')).toBe(true);

  await ada.page.goto(`${OIDC_APP_URL}/orgs/${slug}/members`);
  await expect(ada.page.getByRole('row', { name: new RegExp(guest) }).first()).toBeVisible();
  await ada.page.getByRole('button', { name: new RegExp(ada.email) }).click();
  await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await ada.page.getByRole('button', { name: /yes/i }).click();
  await expect(ada.page).toHaveURL(/\/login\?reason=signed_out/);
  await expect(ada.page.getByText('You are signed out.')).toBeVisible();
  await ada.page.getByRole('link', { name: SIGN_IN }).click();
  await expect(ada.page.locator('input[name=login]')).toBeVisible();
});

test('who says no at the provider, or brings back an old address, is told what to do', async ({ browser }) => {
  const { page } = await newProfile(browser);
  await page.goto(`${OIDC_APP_URL}/auth/callback?code=somebody-elses&state=unknown`);
  await expect(page.getByRole('heading', { name: 'The sign-in took too long' })).toBeVisible();
  await page.goto(`${OIDC_APP_URL}/login`);
  await page.getByRole('link', { name: SIGN_IN }).click();
  await page.getByRole('link', { name: /cancel/i }).click();
  await expect(page.getByRole('heading', { name: 'Sign-in was cancelled' })).toBeVisible();
});

test('while the provider is away a session that ran out keeps its place, and goes on afterwards', async ({ browser }) => {
  const { page } = await signedIn(browser, newEmail('short'));
  const slug = await foundOrg(page, 'Away');
  const path = `${OIDC_APP_URL}/orgs/${slug}`;
  await fetch(`${CONTROL_URL}/stop`, { method: 'POST' });
  try {
    // The access tokens of this account live for seconds; until then the session needs nobody.
    await expect.poll(async () => (await page.goto(path))?.status(), { timeout: 120_000 }).toBe(503);
    expect((await page.goto(path))?.headers()['retry-after']).toMatch(/^\d+$/);
    await page.goto(`${OIDC_APP_URL}/login`);
    await expect(page.getByText('The sign-in service does not answer')).toBeVisible();
  } finally {
    await fetch(`${CONTROL_URL}/start`, { method: 'POST' });
  }
  await expect.poll(async () => (await page.goto(path))?.status(), { timeout: 120_000 }).toBe(200);
  await expect(page).toHaveURL(path);
});

test('the sign-in page has no accessibility fault', async ({ browser }) => {
  const { page } = await newProfile(browser);
  await page.goto(`${OIDC_APP_URL}/login`);
  await expect(page.getByRole('link', { name: SIGN_IN })).toBeVisible();
  expect(await faultsOf(page, 'the sign-in page of a provider')).toEqual([]);
});
