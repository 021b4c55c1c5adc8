import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, completeSignUp, founder, newEmail, newProfile, signedUp } from '../support/person';
import { APP_URL } from '../support/stack';

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const row = (page: Page, email: string) => page.getByRole('row', { name: email });

test('a pasted list is invited at once: each address has its outcome, and all links are copied together', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const [first, second] = [newEmail('first'), newEmail('second')];
  await page.goto(`/orgs/${ada.slug}/members`);
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByLabel('E-mail').fill(`${first}, nobody, ${second}, ${ada.email}`);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  const dialog = page.getByRole('dialog', { name: '2 invitations ready, 2 refused' });
  await expect(dialog.getByText('This is not an e-mail address')).toBeVisible();
  await expect(dialog.getByText('This person is a member already')).toBeVisible();
  expect(await faultsOf(page, 'the outcome of a list')).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy all links' }).click();
  const lines = (await clipboard(page)).split('\n').map((line) => line.split('\t'));
  expect(lines.map(([email]) => email)).toEqual([first, second]);
  for (const [, link] of lines) expect(link).toMatch(new RegExp(`^${APP_URL}/invite/[\\w-]{43}$`));
  await dialog.getByRole('button', { name: 'Done' }).click();
  for (const email of [first, second]) await expect(row(page, email)).toContainText('open');
});

test('an invite is sent anew, withdrawn and found by its state', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const [kept, ended] = [newEmail('kept'), newEmail('ended')];
  await page.goto(`/orgs/${ada.slug}/members`);
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByLabel('E-mail').fill(`${kept} ${ended}`);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: 'Copy all links' }).click();
  const [old = ''] = (await clipboard(page)).match(/http\S+/) ?? [];
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: `Resend the invitation of ${kept}` }).click();
  const renewed = page.getByRole('dialog', { name: 'New link' });
  await renewed.getByRole('button', { name: /Copy the link/ }).click();
  const fresh = await clipboard(page);
  expect(fresh).not.toBe(old);
  await renewed.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Resend the invitation of ${kept}` }).click();
  await expect(page.getByText('This invitation was sent again less than a minute ago')).toBeVisible();

  await page.getByRole('button', { name: `Revoke the invitation of ${ended}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row(page, ended)).toContainText('revoked');
  const filter = page.getByRole('navigation', { name: 'Invites by state' });
  await filter.getByRole('link', { name: 'revoked 1' }).click();
  await expect(row(page, kept)).toBeHidden();
  await expect(row(page, ended)).toBeVisible();
  await expect(filter.getByRole('link', { name: 'revoked 1' })).toHaveAttribute('aria-current', 'true');
  expect(await faultsOf(page, 'invites of one state')).toEqual([]);

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(old);
  await expect(stranger.getByRole('heading', { name: 'This invitation link does not work' })).toBeVisible();
  await stranger.goto(fresh);
  await expect(stranger.getByRole('heading', { name: `Join ${ada.orgName}` })).toBeVisible();
});

test('V24 the page of an invite tells its secret to nobody: no referrer, no index, no cache, nothing from elsewhere', async ({
  browser,
  playwright,
}) => {
  const ada = await founder(browser);
  const asAda = bearer(await playwright.request.newContext({ baseURL: APP_URL }), await accessTokenOf(ada));
  const { token } = await (await asAda('POST', `/v1/orgs/${ada.slug}/invites`, { email: newEmail() })).json();
  const page = await (await browser.newContext()).newPage();
  const asked: { url: string; referer: string }[] = [];
  page.on('request', (request) => asked.push({ url: request.url(), referer: request.headers().referer ?? '' }));
  const response = await page.goto(`/invite/${token}`);
  const headers = response?.headers() ?? {};
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cache-control']).toContain('no-store');
  await expect(page.locator('meta[name="robots"]').first()).toHaveAttribute('content', /noindex/);
  expect(await page.title()).not.toContain(token);
  await page.waitForLoadState('networkidle');
  expect(asked.filter(({ url }) => !url.startsWith(APP_URL) && !url.startsWith('data:'))).toEqual([]);
  expect(asked.filter(({ referer }) => referer.includes(token))).toEqual([]);
});

test('V25 whoever signs up for an invite comes back to it, and its secret waits in a cookie that no script, mail or auth server sees', async ({
  browser,
  playwright,
}) => {
  const ada = await founder(browser);
  const asAda = bearer(await playwright.request.newContext({ baseURL: APP_URL }), await accessTokenOf(ada));
  const grace = await newProfile(browser);
  const { token } = await (await asAda('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email })).json();
  const { page, context } = grace;
  await page.goto(`/invite/${token}`);
  const told: string[] = [];
  page.on('request', (request) => {
    const { referer = '' } = request.headers();
    // Its own page is the one place that names it.
    if (!request.url().startsWith(`${APP_URL}/invite/${token}`)) told.push(request.url(), referer, request.postData() ?? '');
  });
  await page.getByRole('button', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(/\/signup\?next=%2Finvite%2Fcontinue$/);
  const waiting = (await context.cookies()).find(({ name }) => name.endsWith('pandastack-invite'));
  expect(waiting).toMatchObject({ value: token, httpOnly: true, sameSite: 'Lax' });
  expect(await page.evaluate(() => document.cookie)).not.toContain(token);
  await completeSignUp(grace);
  await expect(page).toHaveURL(`/invite/${token}`);
  expect(told.length).toBeGreaterThan(10);
  expect(told.filter((text) => text.includes(token))).toEqual([]);
  expect((await context.cookies()).some(({ value }) => value === token)).toBe(false);
});

test('whoever is invited finds it at "/", joins by the link alone, and is told when the org takes no such address', async ({
  browser,
  playwright,
}) => {
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const asAda = bearer(await playwright.request.newContext({ baseURL: APP_URL }), await accessTokenOf(ada));
  const { token } = await (await asAda('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email })).json();
  const { page } = grace;
  await page.goto('/');
  await expect(page.getByText(ada.orgName)).toBeVisible();
  await expect(page.getByText('To join, open the link you were given')).toBeVisible();

  await asAda('PATCH', `/v1/orgs/${ada.slug}`, { allowed_email_domains: ['elsewhere.example'] });
  await page.goto(`/invite/${token}`);
  await page.getByRole('button', { name: `Join ${ada.orgName}` }).click();
  await expect(page.getByText('The organization takes no addresses of this domain')).toBeVisible();
  expect(await faultsOf(page, 'an invite of a foreign domain')).toEqual([]);
  await asAda('PATCH', `/v1/orgs/${ada.slug}`, { allowed_email_domains: [] });
  await page.getByRole('button', { name: `Join ${ada.orgName}` }).click();
  await expect(page).toHaveURL(`/orgs/${ada.slug}`);
  await page.goto(`/invite/${token}`);
  await expect(page.getByRole('heading', { name: `You are a member of ${ada.orgName}` })).toBeVisible();
});
