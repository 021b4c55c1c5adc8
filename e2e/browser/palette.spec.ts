import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, founder } from '../support/person';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and do' });
const search = (page: Page) => palette(page).getByRole('combobox');

async function openByKeys(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(search(page)).toBeFocused();
}

test('the palette opens by its keys and its button, finds pages, people and things to do, and gives the focus back', async ({
  browser,
}) => {
  const { page, slug, email } = await founder(browser);
  const button = page.getByRole('button', { name: 'Search and do' });
  await button.click();
  await expect(search(page)).toBeFocused();
  expect(await faultsOf(page, 'palette')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();

  await openByKeys(page);
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/orgs/${slug}/audit`);

  await openByKeys(page);
  await expect(palette(page).getByText('Used lately')).toBeVisible();
  await page.keyboard.type(email.slice(0, 12));
  await expect(palette(page).getByRole('option', { name: email })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/orgs/${slug}/members#`));

  await openByKeys(page);
  await page.keyboard.type('new api token');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'New API token' })).toBeVisible();
  await page.keyboard.press('Escape');

  await openByKeys(page);
  await page.keyboard.type('nothing is called so');
  await expect(palette(page).getByText('Nothing of that name')).toBeVisible();
  await page.keyboard.press('Escape');

  await openByKeys(page);
  await page.keyboard.type('dark theme');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('what a role may not do is not in the palette', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const grace = await founder(browser);
  const api = bearer(request, await accessTokenOf(ada));
  const { token } = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email, role: 'member' })).json();
  await grace.page.goto(`/invite/${token}`);
  await grace.page.getByRole('button', { name: `Join ${ada.orgName}` }).click();
  await expect(grace.page).toHaveURL(`/orgs/${ada.slug}`);
  await openByKeys(grace.page);
  const options = palette(grace.page).getByRole('option');
  await expect(options.filter({ hasText: 'New API token' })).toBeVisible();
  for (const absent of ['Invite people', 'Audit log', 'Settings', 'Usage']) {
    await expect(options.filter({ hasText: absent })).toHaveCount(0);
  }
  await grace.page.keyboard.type(grace.orgName);
  await grace.page.keyboard.press('Enter');
  await expect(grace.page).toHaveURL(`/orgs/${grace.slug}`);
});

test('keys lead through an organization, open what is new, mean text in fields, and can be switched off', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  const at = (rest: string) => expect(page).toHaveURL(`/orgs/${slug}${rest}`);
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await at('/members');
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
  await page.keyboard.press('c');
  const invite = page.getByRole('dialog');
  await expect(invite).toBeVisible();
  await page.keyboard.type('gk?');
  await at('/members');
  await page.keyboard.press('Escape');
  await expect(invite).toBeHidden();

  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(map).toBeVisible();
  expect(await faultsOf(page, 'keyboard shortcuts')).toEqual([]);
  await map.getByLabel(/Keys without/).uncheck();
  await page.keyboard.press('Escape');
  await expect(map).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await openByKeys(page);
  await at('/members');
  await page.keyboard.type('keyboard shortcuts');
  await page.keyboard.press('Enter');
  await map.getByLabel(/Keys without/).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await at('/tokens');
});
