import { type BrowserContext, expect, test } from '@playwright/test';
import { faultsAt } from '../support/page-faults';
import { accessTokenOf, bearer, founder, newEmail, newProfile, signedUp } from '../support/person';

/** Everything the browser complains of, and every request that leaves our own origins. */
function watch(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
  context.on('request', (request) => {
    if (!/^(https?:\/\/localhost[:/]|data:|blob:)/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

test('pages for people who are signed out have no accessibility fault, no overflow, no console error and no foreign request', async ({
  browser,
}) => {
  const { page, context } = await newProfile(browser);
  const complaints = watch(context);
  const faults: string[] = [];
  for (const path of [
    '/login',
    '/login?reason=session_ended',
    '/signup',
    '/auth/error?reason=expired',
    '/auth/forgot',
    '/auth/confirm',
  ]) {
    faults.push(...(await faultsAt(page, path)));
  }
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test('pages of an organization have none either, full and empty', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const complaints = watch(ada.context);
  const screens = [
    '/sandboxes',
    '/templates',
    '/snapshots',
    '/volumes',
    '/members',
    '/tokens',
    '/observability',
    '/usage',
    '/audit',
    '/settings',
  ];
  const pages = ['', ...screens].map((page) => `/orgs/${ada.slug}${page}`);
  const faults: string[] = [];
  for (const path of pages) faults.push(...(await faultsAt(ada.page, path)));

  const api = bearer(request, await accessTokenOf(ada));
  for (const role of ['member', 'admin']) await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: newEmail(), role });
  await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'laptop' });
  for (const path of [
    ...pages,
    '/account',
    '/account/security',
    '/account/sessions',
    '/mfa',
    '/orgs/new',
    `/orgs/${ada.slug}/audit?action=org.deleted`,
  ])
    faults.push(...(await faultsAt(ada.page, path)));
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the first page of a newcomer and every state of an invite have none either', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const api = bearer(request, await accessTokenOf(ada));
  const invite = async (email: string) => (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'member' })).json();
  const open = await invite(grace.email);
  const foreign = await invite(newEmail());
  const revoked = await invite(newEmail());
  await api('DELETE', `/v1/orgs/${ada.slug}/invites/${revoked.id}`);

  const complaints = watch(grace.context);
  const faults: string[] = [];
  for (const path of ['/', ...[open, foreign, revoked].map(({ token }) => `/invite/${token}`), '/invite/nobody-knows-this-one']) {
    faults.push(...(await faultsAt(grace.page, path)));
  }
  const stranger = await newProfile(browser);
  faults.push(...(await faultsAt(stranger.page, `/invite/${open.token}`)));
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test('an invite is read, answered and joined by keyboard alone', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const { page, email } = await signedUp(browser);
  const { token } = await (
    await bearer(request, await accessTokenOf(ada))('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'member' })
  ).json();
  await page.goto(`/invite/${token}`);
  const join = page.getByRole('button', { name: `Join ${ada.orgName}` });
  await join.waitFor();
  for (let presses = 0; presses < 20 && !(await join.evaluate((button) => button === document.activeElement)); presses++)
    await page.keyboard.press('Tab');
  await expect(join).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/orgs/${ada.slug}`);
});
