import { expect, type Page, type Route, test } from '@playwright/test';
import { accessTokenOf, bearer, founder, newEmail } from '../support/person';

/** Holds the next DELETE; its route, to be answered, is what the function returned waits for. */
async function holdDelete(page: Page, path: string): Promise<() => Promise<Route>> {
  const { promise, resolve } = Promise.withResolvers<Route>();
  await page.route(path, (route) => (route.request().method() === 'DELETE' ? resolve(route) : route.continue()));
  return () => promise;
}

const REFUSAL = { status: 503, json: { error: 'The database is resting', code: 'database_unavailable', hint: 'Try again.' } };

async function withTokens(...args: Parameters<typeof founder>) {
  const ada = await founder(...args);
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  for (const label of ['kept', 'doomed']) await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label });
  await ada.page.goto(`/orgs/${ada.slug}/tokens`);
  return ada;
}

async function revoke(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: `Revoke the token ${label}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
}

test('a revoked token’s row is gone before the server has answered, and never comes back', async ({ browser }) => {
  const { page } = await withTokens(browser);
  const held = await holdDelete(page, '**/v1/orgs/*/tokens/*');
  const row = page.getByRole('row', { name: /doomed/ });
  await revoke(page, 'doomed');
  const route = await held();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Rotate the token kept' })).toBeFocused();
  // Nothing is said to have happened before it has.
  await expect(page.getByText('was revoked')).toHaveCount(0);
  await page.evaluate(() => {
    const look = () =>
      document.querySelector('main table')?.textContent?.includes('doomed') && document.body.classList.add('flickered');
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  });
  await route.continue();
  await expect(page.getByText('The token “doomed” was revoked')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('body.flickered')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('row', { name: /kept/ })).toBeVisible();
  await expect(row).toHaveCount(0);
});

test('refused, the row comes back and the reason is told in words', async ({ browser }) => {
  const { page } = await withTokens(browser);
  const held = await holdDelete(page, '**/v1/orgs/*/tokens/*');
  await revoke(page, 'doomed');
  const route = await held();
  await expect(page.getByRole('row', { name: /doomed/ })).toHaveCount(0);
  await route.fulfill(REFUSAL);
  await expect(page.getByRole('row', { name: /doomed/ })).toBeVisible();
  await expect(page.getByText('The database is resting')).toBeVisible();
  await expect(page.getByText('was revoked')).toHaveCount(0);
  await page.unroute('**/v1/orgs/*/tokens/*');
  await revoke(page, 'doomed');
  await expect(page.getByText('The token “doomed” was revoked')).toBeVisible();
});

test('a server that is gone is told in words too, though the page can load nothing more for it', async ({ browser }) => {
  const { page } = await withTokens(browser);
  await page.waitForLoadState('networkidle');
  await page.route('**/_next/static/**', async (route) => {
    const response = await route.fetch();
    const draws = (await response.text()).includes('data-sonner-toaster');
    return draws ? route.abort() : route.fulfill({ response });
  });
  await page.route('**/v1/orgs/*/tokens/*', (route) => route.abort());
  await revoke(page, 'doomed');
  await expect(page.getByText('The server could not be reached')).toBeVisible();
  await expect(page.getByRole('row', { name: /doomed/ })).toBeVisible();
});

test('a withdrawn invitation is shown as revoked at once, without its buttons, and as open again when refused', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { page } = ada;
  const email = newEmail('guest');
  await bearer(ada.context.request, await accessTokenOf(ada))('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'member' });
  await page.goto(`/orgs/${ada.slug}/members`);
  const held = await holdDelete(page, '**/v1/orgs/*/invites/*');
  const row = page.getByRole('table', { name: 'Invites' }).getByRole('row', { name: email });
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  const route = await held();
  await expect(row).toContainText('revoked');
  await expect(row.getByRole('button')).toHaveCount(0);
  await route.fulfill(REFUSAL);
  await expect(row.getByRole('button', { name: /^Revoke/ })).toBeVisible();
  await expect(page.getByText('The database is resting')).toBeVisible();
});

test('a new name of the organization can be taken back from where it was told', async ({ browser }) => {
  const { page, slug, orgName } = await founder(browser);
  await page.goto(`/orgs/${slug}/settings`);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Another name');
  await page
    .locator('form', { has: page.getByRole('heading', { name: 'General' }) })
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(page.getByRole('button', { name: 'Organization Another name' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: `Organization ${orgName}` })).toBeVisible();
  await expect(name).toHaveValue(orgName);
});
