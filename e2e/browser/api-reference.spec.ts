import { expect, type Page, test } from '@playwright/test';
import { axeFaultsOf, PHONE } from '../support/page-faults';
import { accessTokenOf, founder, newProfile } from '../support/person';

/** Drawn by Scalar, whose markup is not ours to mend; its list of notices stands beside it. */
const VENDOR = ['.scalar-app', 'section[aria-label^="Notifications"]'];

/** What the browser complains of, and every request that leaves our own origin. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(https?:\/\/localhost[:/]|data:|blob:)/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

async function open(page: Page, path = '/docs'): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: 'PandaStack' })).toBeVisible();
}

test('everybody reads the API reference, without another origin, a console error or a fault of ours', async ({ browser }) => {
  const { page } = await newProfile(browser);
  const complaints = watch(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
    expect(await axeFaultsOf(page, 'the reference', { foreign: VENDOR })).toEqual([]);
    await page.emulateMedia({ colorScheme });
    const dark = await page.evaluate(() => getComputedStyle(document.querySelector('.scalar-app') ?? document.body).colorScheme);
    expect(dark).toContain(colorScheme);
  }
  await page.setViewportSize(PHONE);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
});

test('a member is led there, finds their organization filled in, and tries a request with a token of their own', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { page } = ada;
  const token = await accessTokenOf(ada);
  const complaints = watch(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API reference' }).click();
  await expect(page).toHaveURL('/docs');
  await open(page, '/docs#tag/organizations/GET/v1/orgs/{org}');
  const { id } = await (await page.request.get(`/v1/orgs/${ada.slug}`, { headers: { authorization: `Bearer ${token}` } })).json();
  await expect(page.locator('pre, code').filter({ hasText: id }).first()).toBeVisible();

  await page.getByPlaceholder('Token').first().fill(token);
  await page.getByRole('button', { name: /Test Request.*get \/v1\/orgs\/\{org\}\)$/i }).click();
  const answer = page.waitForResponse((response) => response.url().endsWith(`/v1/orgs/${id}`));
  await page.getByRole('dialog').getByRole('button', { name: /Send/ }).first().click();
  expect((await answer).status()).toBe(200);
  expect(complaints).toEqual([]);
});
