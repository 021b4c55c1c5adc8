import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, founder, newEmail, signedUp } from '../support/person';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const choice = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name });

async function open(page: Page): Promise<void> {
  // Before the page's script is there, keys are nobody's.
  await expect(page.getByRole('button', { name: 'Search' }).first()).toBeEnabled();
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
}

/** Opens the palette, types and takes what is found first. */
async function find(page: Page, text: string, first: string | RegExp): Promise<void> {
  await open(page);
  await page.keyboard.type(text);
  await expect(palette(page).getByRole('option', { selected: true })).toHaveAccessibleName(first);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
}

/** A member of somebody else's org, at its overview. */
async function memberOf(browser: Browser, owner: Awaited<ReturnType<typeof founder>>) {
  const bob = await signedUp(browser, newEmail('bob'));
  const api = bearer(owner.context.request, await accessTokenOf(owner));
  const invite = await api('POST', `/v1/orgs/${owner.slug}/invites`, { email: bob.email, role: 'member' });
  await bob.page.goto(`/invite/${(await invite.json()).token}`);
  await bob.page.getByRole('button', { name: /^Join / }).click();
  await expect(bob.page).toHaveURL(`/orgs/${owner.slug}`);
  return bob;
}

test('by keyboard alone one goes to a page, opens a form of another and changes the theme', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await find(page, 'audit', /^Audit log/);
  await expect(page).toHaveURL(`/orgs/${slug}/audit`);
  await find(page, 'create token', 'Create an API token');
  await expect(page.getByRole('dialog', { name: 'New API token' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`/orgs/${slug}/tokens`);
  // The form of the page one is on already.
  await find(page, 'create token', 'Create an API token');
  await expect(page.getByRole('dialog', { name: 'New API token' })).toBeVisible();
  await page.keyboard.press('Escape');
  await find(page, 'dark', 'Dark theme');
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('Escape closes it and gives the focus back to where it was; its own key closes it as well', async ({ browser }) => {
  const { page } = await founder(browser);
  const members = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' });
  await members.focus();
  for (const key of ['Escape', 'Control+k']) {
    await open(page);
    await page.keyboard.press(key);
    await expect(palette(page)).toBeHidden();
    await expect(members).toBeFocused();
  }
  const button = page.getByRole('button', { name: 'Search' });
  await button.click();
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('what was chosen last stands first, for this person alone', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await find(page, 'usage', /^Usage/);
  await expect(page).toHaveURL(`/orgs/${slug}/usage`);
  await find(page, 'settings', /^Settings/);
  await expect(page).toHaveURL(`/orgs/${slug}/settings`);
  await open(page);
  const recent = palette(page).getByRole('group', { name: 'Recent' }).getByRole('option');
  await expect(recent).toHaveText([/^Settings/, /^Usage/]);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith('pandastack:recent:')) continue;
      localStorage.setItem('pandastack:recent:somebody-else', localStorage.getItem(key) ?? '');
      localStorage.removeItem(key);
    }
  });
  await page.reload();
  await open(page);
  await expect(choice(page, /^Overview/)).toBeVisible();
  await expect(recent).toHaveCount(0);
});

test('members are found through the API, and a refusal is told in words and asked again', async ({ browser }) => {
  const ada = await founder(browser);
  const bob = await memberOf(browser, ada);
  const path = `**/v1/orgs/*/members`;
  await ada.page.route(path, (route) =>
    route.fulfill({ status: 503, json: { error: 'The database is resting', code: 'database_unavailable' } }),
  );
  await open(ada.page);
  await ada.page.keyboard.type('bob');
  await expect(palette(ada.page).getByRole('alert')).toHaveText('Members could not be searched. The database is resting.');
  await ada.page.unroute(path);
  await ada.page.keyboard.type('-');
  await expect(choice(ada.page, new RegExp(`^${bob.email}`))).toBeVisible();
  await expect(palette(ada.page).getByRole('alert')).toHaveCount(0);
  // Letters scattered over the address of a page find nothing.
  await expect(palette(ada.page).getByRole('option')).toHaveCount(1);
  await ada.page.keyboard.press('Enter');
  await expect(ada.page).toHaveURL(new RegExp(`/orgs/${ada.slug}/members#member-`));
});

test('the question to the API is dropped when the palette closes', async ({ browser }) => {
  const { page } = await founder(browser);
  await page.route('**/v1/orgs/*/members', () => {});
  const aborted = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/members'));
  const asked = page.waitForRequest(/\/v1\/orgs\/[^/]+\/members$/);
  await open(page);
  await page.keyboard.type('somebody');
  await asked;
  await expect(palette(page).getByRole('status')).toHaveText('Searching members and sandboxes …');
  await page.keyboard.press('Escape');
  expect((await aborted).failure()?.errorText).toContain('ABORTED');
});

test('a member is offered nothing that a member may not do', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = await memberOf(browser, ada);
  await open(page);
  await expect(choice(page, 'Create an API token')).toBeVisible();
  await expect(choice(page, 'Copy my user id')).toBeVisible();
  for (const name of ['Invite people', /^Audit log/, /^Usage/, /^Settings/, /^Doctor/])
    await expect(choice(page, name)).toHaveCount(0);
  await page.keyboard.type('invite');
  await expect(choice(page, 'Invite people')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(`/orgs/${ada.slug}/tokens`);
});

test('an organization chosen in it is the current one from then on, and signing out is one of its actions', async ({
  browser,
}) => {
  const { page, slug } = await founder(browser);
  await page.goto('/orgs/new');
  const name = `Second ${randomUUID().slice(0, 8)}`;
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('button', { name: `Organization ${name}` })).toBeVisible();
  await find(page, slug, /^Org /);
  await expect(page).toHaveURL(`/orgs/${slug}`);
  await expect(async () => {
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe(`/orgs/${slug}`);
  }).toPass();
  await find(page, 'sign out', 'Sign out');
  await expect(page).toHaveURL(/\/login/);
});

test('from the account’s pages it finds those of the current organization', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await page.goto('/account');
  await find(page, 'members', /^Members/);
  await expect(page).toHaveURL(`/orgs/${slug}/members`);
});

test('it opens from the menu of a phone, and the focus comes back to that menu', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await page.getByRole('dialog', { name: 'Navigation' }).getByRole('button', { name: 'Search' }).click();
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Open the navigation' })).toBeFocused();
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await page.getByRole('dialog', { name: 'Navigation' }).getByRole('button', { name: 'Search' }).click();
  await choice(page, /^API tokens/).click();
  await expect(page).toHaveURL(`/orgs/${slug}/tokens`);
  const icon = page.getByRole('button', { name: 'Search' });
  await icon.click();
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(icon).toBeFocused();
});

test('it has no accessibility fault, full, narrowed and with nothing found', async ({ browser }) => {
  const ada = await founder(browser);
  const faults: string[] = [];
  await open(ada.page);
  faults.push(...(await faultsOf(ada.page, 'palette')));
  await ada.page.keyboard.type('create');
  await expect(choice(ada.page, 'Create a sandbox')).toBeVisible();
  faults.push(...(await faultsOf(ada.page, 'palette-narrowed')));
  await ada.page.keyboard.type(' qqqq');
  await expect(palette(ada.page).getByRole('status')).toContainText('Nothing is called');
  faults.push(...(await faultsOf(ada.page, 'palette-nothing')));
  expect(faults).toEqual([]);
});
