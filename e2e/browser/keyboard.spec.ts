import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, founder } from '../support/person';

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const help = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });

/** The keys are at work: what waits for the page's script has stopped waiting. */
async function atWork(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled();
}

test('g and a letter go to every page of an organization', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await atWork(page);
  const pages = {
    s: '/sandboxes',
    p: '/templates',
    n: '/snapshots',
    v: '/volumes',
    b: '/observability',
    u: '/usage',
    m: '/members',
    t: '/tokens',
    a: '/audit',
    e: '/settings',
    o: '',
  };
  for (const [key, path] of Object.entries(pages)) {
    await press(page, 'g', key);
    await expect(page).toHaveURL(`/orgs/${slug}${path}`);
  }
  await press(page, 'g', 'y');
  await expect(page).toHaveURL('/account');
  // Another frame, with keys of its own.
  await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
  await atWork(page);
  await press(page, 'g', 'm');
  await expect(page).toHaveURL(`/orgs/${slug}/members`);
});

test('a token is made, found and revoked without a mouse', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await atWork(page);
  await press(page, 'g', 't');
  await expect(page.getByRole('button', { name: 'New token' })).toBeEnabled();
  await press(page, 'c');
  const dialog = page.getByRole('dialog', { name: 'New API token' });
  await expect(dialog.getByLabel('Label')).toBeFocused();
  // Letters that are shortcuts elsewhere are letters here.
  await page.keyboard.type('g t ? c j /');
  await expect(dialog.getByLabel('Label')).toHaveValue('g t ? c j /');
  await press(page, 'Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`/orgs/${slug}/tokens`);

  const row = page.getByRole('row', { name: /g t \? c j/ });
  await expect(row.getByRole('button').first()).toBeEnabled();
  await press(page, 'j');
  await expect(row.getByRole('button').first()).toBeFocused();
  await row.getByRole('button', { name: 'Revoke' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(page.getByText('No API tokens yet')).toBeVisible();
});

test('j and k walk the rows of a table and stop at its ends', async ({ browser }) => {
  const ada = await founder(browser);
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  for (const label of ['first', 'second', 'third']) await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label });
  const { page } = ada;
  await page.goto(`/orgs/${ada.slug}/tokens`);
  await atWork(page);
  const rows = page.getByRole('table', { name: 'API tokens' }).getByRole('row');
  const isIn = (index: number) => expect(rows.nth(index).getByRole('button').first()).toBeFocused();
  await expect(rows.nth(1).getByRole('button').first()).toBeEnabled();
  await press(page, 'j');
  await isIn(1);
  await press(page, 'j', 'j', 'j');
  await isIn(3);
  await press(page, 'k');
  await isIn(2);
});

test('/ goes to the filter of a page, and to the search where there is none', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await page.goto(`/orgs/${slug}/audit`);
  const filter = page.getByLabel('Action', { exact: true });
  await expect(filter).toBeEnabled();
  await atWork(page);
  await press(page, '/');
  await expect(filter).toBeFocused();
  await press(page, 'g', 'm'); // A field is no place for shortcuts.
  await page.getByLabel('Target').focus();
  await page.keyboard.type('gm');
  await expect(page.getByLabel('Target')).toHaveValue('gm');
  await expect(page).toHaveURL(`/orgs/${slug}/audit`);
  await page.goto(`/orgs/${slug}/settings`);
  await atWork(page);
  await press(page, '/');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
});

test('? shows the map of what this person can reach; nothing happens below an open dialog or with a modifier', async ({
  browser,
}) => {
  const { page, slug } = await founder(browser);
  await atWork(page);
  await press(page, '?');
  await expect(help(page)).toContainText('Audit log');
  await press(page, 'g', 't', 'Control+k');
  await expect(help(page)).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Search' })).toHaveCount(0);
  await expect(page).toHaveURL(`/orgs/${slug}`);
  expect(await faultsOf(page, 'shortcuts')).toEqual([]);
  await press(page, 'Escape');
  await expect(help(page)).toHaveCount(0);
  await press(page, 'Alt+c', 'Control+/', 'g', 'Alt+t');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`/orgs/${slug}`);
});

test('keys without a modifier can be switched off, which this browser remembers, and on again from the search', async ({
  browser,
}) => {
  const { page, slug } = await founder(browser);
  await atWork(page);
  await press(page, '?');
  const single = help(page).getByRole('checkbox', { name: /Keys without a modifier/ });
  await single.press('Space');
  await expect(single).not.toBeChecked();
  await press(page, 'Escape');
  await expect(help(page)).toHaveCount(0);
  await page.goto(`/orgs/${slug}/tokens`);
  await atWork(page);
  await press(page, 'c', '?', 'g', 'm', '/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`/orgs/${slug}/tokens`);

  await press(page, 'Control+k');
  await expect(page.getByRole('dialog', { name: 'Search' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('keyboard');
  await press(page, 'Enter');
  await single.press('Space');
  await press(page, 'Escape');
  await expect(help(page)).toHaveCount(0);
  await press(page, 'c');
  await expect(page.getByRole('dialog', { name: 'New API token' })).toBeVisible();
});
