import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { linkIn, newestMail } from '../support/inbox';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, founder, newEmail, newProfile, signedUp, signIn } from '../support/person';

async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOf(page, test.info().title)).toEqual([]);
}

async function codeIn(email: string, subject: RegExp): Promise<string> {
  const mail = await newestMail(email, subject);
  return /\b\d{6}\b/.exec(mail.text)?.[0] ?? '';
}

test('the code from the mail signs in, and a wrong one says so', async ({ browser }) => {
  const ada = await signedUp(browser);
  const { page } = await newProfile(browser);
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await page.getByLabel('Or enter the code from the mail').fill('000000');
  await page.getByRole('button', { name: 'Sign in with the code' }).click();
  await expect(page.getByText('That code is wrong or too old')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Or enter the code from the mail').fill(await codeIn(ada.email, /magic|sign.?in|log.?in/i));
  await page.getByRole('button', { name: 'Sign in with the code' }).click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('a provider signs in, its refusal ends in words, and the next visit knows which it was', async ({ browser }) => {
  const { page } = await newProfile(browser);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with GitHub' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('heading', { name: 'Sign-in was cancelled' })).toBeVisible();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByText('Last used')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Continue with GitHub' }).click();
  await page.getByLabel('Email', { exact: true }).fill(newEmail('octo'));
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('single sign-on goes by the domain of the work address, and says when there is none', async ({ browser }) => {
  const { page } = await newProfile(browser);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Continue with SSO' }).click();
  await page.getByLabel('Work e-mail').fill('ada@nobody.example');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByText('No single sign-on is set up for that domain')).toBeVisible();
  await expectAccessible(page);
  const email = `${randomUUID().slice(0, 8)}@sso.example`;
  await page.getByLabel('Work e-mail').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('a forgotten password is replaced, and the new one signs in', async ({ browser }) => {
  const ada = await signedUp(browser);
  const elsewhere = await newProfile(browser, ada.email);
  await elsewhere.page.goto('/login');
  await elsewhere.page.getByRole('link', { name: 'Forgot it?' }).click();
  // Both pages have such a field; the one to fill is on the second.
  await expect(elsewhere.page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await elsewhere.page.getByLabel('E-mail').fill(ada.email);
  await elsewhere.page.getByRole('button', { name: 'Mail me the link' }).click();
  await expect(elsewhere.page.getByText(`Check the mail of ${ada.email}`)).toBeVisible();
  await elsewhere.page.goto(linkIn(await newestMail(ada.email, /reset|password|recover/i)));
  await elsewhere.page.getByLabel('New password').fill(elsewhere.password);
  await elsewhere.page.getByRole('button', { name: 'Save the password' }).click();
  await expect(elsewhere.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  const third = { ...(await newProfile(browser, ada.email)), password: elsewhere.password };
  await third.page.goto('/login');
  await signIn(third);
  await expect(third.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('C37 an unknown address, a wrong password and an unconfirmed account read the same', async ({ browser }) => {
  const ada = await signedUp(browser);
  const late = await newProfile(browser);
  await late.page.goto('/signup');
  await late.page.getByLabel('E-mail').fill(late.email);
  await late.page.getByLabel('Password').fill(late.password);
  await late.page.getByRole('button', { name: 'Create the account' }).click();
  await expect(late.page.getByText(`Check the mail of ${late.email}`)).toBeVisible();
  const words: string[] = [];
  for (const email of [ada.email, newEmail('nobody'), late.email]) {
    const { page } = await newProfile(browser);
    await page.goto('/login');
    await signIn({ ...ada, page, email, password: 'not the password at all' });
    const alert = page.getByRole('alert').filter({ hasText: 'match' });
    await expect(alert).toBeVisible();
    words.push((await alert.textContent()) ?? '');
  }
  expect(new Set(words).size).toBe(1);
  // Whoever has the right password may know that the address still waits for its confirmation.
  await late.page.goto('/login');
  await signIn(late);
  await expect(late.page.getByText('Your address is not confirmed yet')).toBeVisible();
});

test('a mail that was lost is sent again, not before a minute is over, and only the newest link counts', async ({ browser }) => {
  const { page, email, password } = await newProfile(browser);
  await page.clock.install();
  await page.goto('/signup');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText(`Check the mail of ${email}`)).toBeVisible();
  const first = linkIn(await newestMail(email, /confirm/i));
  const again = page.getByRole('button', { name: 'Send again', exact: true });
  await expect(page.getByRole('button', { name: /^Send again in \d+ s$/ })).toBeDisabled();
  await expect(async () => {
    await page.clock.runFor(20_000);
    await expect(again).toBeEnabled({ timeout: 1_000 });
  }).toPass();
  await again.click();
  await expect.poll(async () => linkIn(await newestMail(email, /confirm/i))).not.toBe(first);
  await expect(page.getByRole('button', { name: /^Send again in \d+ s$/ })).toBeDisabled();
  await page.goto(first);
  await expect(page.getByRole('heading', { name: 'This link is too old, or was used' })).toBeVisible();
  await page.goto(linkIn(await newestMail(email, /confirm/i)));
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('somebody invited who has no account gets one by the mail link', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const email = newEmail('guest');
  const api = bearer(request, await accessTokenOf(ada));
  const { token } = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'member' })).json();
  const { page } = await newProfile(browser, email);
  await page.goto(`/invite/${token}`);
  await page.getByRole('button', { name: 'Sign in to accept' }).click();
  await expect(page.getByRole('heading', { name: `Sign in to join ${ada.orgName}` })).toBeVisible();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await expect(page.getByText(`Check the mail of ${email}`)).toBeVisible();
  await page.goto(linkIn(await newestMail(email, /confirm|magic|sign/i)));
  await page.getByRole('button', { name: `Join ${ada.orgName}` }).click();
  await expect(page).toHaveURL(`/orgs/${ada.slug}`);
});

test('an invitation that was declined says so, without a fault', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const invite = { email: grace.email, role: 'member' };
  const api = bearer(request, await accessTokenOf(ada));
  const { token } = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, invite)).json();
  await grace.page.goto(`/invite/${token}`);
  await grace.page.getByRole('button', { name: 'Decline' }).click();
  await expect(grace.page.getByRole('heading', { name: 'This invitation was declined' })).toBeVisible();
  await expectAccessible(grace.page);
});

test('C10 tokens in a link ask who they are for, leave the address at once, and never sign in by themselves', async ({
  browser,
}) => {
  const mallory = await signedUp(browser, newEmail('mallory'));
  const token = await accessTokenOf(mallory);
  const { page, context } = await newProfile(browser);
  await page.goto(`/auth/finish#access_token=${token}&refresh_token=x&type=magiclink`);
  await expect(page.getByText(`The link signs you in as ${mallory.email}. Is that you?`)).toBeVisible();
  expect(page.url()).not.toContain('access_token');
  expect((await context.cookies()).filter(({ name }) => name.includes('auth-token'))).toEqual([]);
  await expectAccessible(page);
});

test('C08 an error that stands only behind the # is told in words', async ({ page }) => {
  await page.goto('/auth/callback#error=access_denied&error_code=otp_expired&error_description=x&sb=');
  await expect(page.getByRole('heading', { name: 'This link is too old, or was used' })).toBeVisible();
});

/** Holds the scripts of pages back until the returned function is called. */
async function withoutScripts(page: Page): Promise<() => void> {
  const arrival = Promise.withResolvers<void>();
  await page.route('**/_next/static/**', async (route) => {
    if (route.request().resourceType() === 'script') await arrival.promise;
    await route.continue();
  });
  return arrival.resolve;
}

test('a name typed before the script of the page arrives is kept, and founds the organization', async ({ browser }) => {
  const { page } = await signedUp(browser);
  const letScriptsCome = await withoutScripts(page);
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByLabel('Name', { exact: true }).fill('Early Birds');
  letScriptsCome();
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('heading', { name: 'Early Birds' })).toBeVisible();
});

test('what is typed before the script of the page arrives is kept, sent by nothing but the script, and signs in', async ({
  page,
}) => {
  const letScriptsCome = await withoutScripts(page);
  await page.goto('/login', { waitUntil: 'commit' });
  const loads: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && loads.push(request.method()));
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
  await page.getByLabel('E-mail').fill('early@example.com');
  await page.getByLabel('Password').fill('an early bird');
  await page.getByLabel('Password').press('Enter');
  await signIn.click({ force: true });
  await expect(signIn).toBeDisabled();
  letScriptsCome();
  await signIn.click();
  await expect(page.getByText('That e-mail and password do not match')).toBeVisible();
  expect(loads).toEqual([]);
});

test('a menu and a choice wait for the script of the page too', async ({ browser }) => {
  const ada = await founder(browser);
  const letScriptsCome = await withoutScripts(ada.page);
  await ada.page.goto(`/orgs/${ada.slug}/settings`, { waitUntil: 'commit' });
  const account = ada.page.getByRole('button', { name: new RegExp(ada.email) });
  const role = ada.page.getByLabel('Role', { exact: true });
  await expect(account).toBeDisabled();
  await expect(role).toBeDisabled();
  letScriptsCome();
  await role.selectOption('Admin');
  await account.click();
  await expect(ada.page.getByRole('menuitem', { name: 'Account' })).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(role).toHaveValue('admin');
});
