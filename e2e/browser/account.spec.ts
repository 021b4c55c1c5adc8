import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { codeOf, enrol } from '../support/authenticator';
import { expireSession } from '../support/expire-session';
import { linkIn, newestMail } from '../support/inbox';
import { accessTokenOf, bearer, founder, newEmail, newProfile, type Person, signedUp, signIn } from '../support/person';

async function secondBrowserOf(browser: Parameters<typeof newProfile>[0], { email, password }: Person): Promise<Person> {
  const second = { ...(await newProfile(browser, email)), password };
  await second.page.goto('/login');
  await signIn(second);
  await expect(second.page).not.toHaveURL(/login/);
  return second;
}

test('an authenticator is enrolled, asked for at the next sign-in, and removed', async ({ browser }) => {
  const ada = await founder(browser);
  await ada.page.getByRole('button', { name: new RegExp(ada.email) }).click();
  await ada.page.getByRole('menuitem', { name: 'Account' }).click();
  await expect(ada.page).toHaveURL('/account');
  await ada.page.getByRole('link', { name: 'Security' }).click();
  await ada.page.getByRole('button', { name: 'Add an authenticator' }).click();
  const secret = await enrol(ada.page);
  await expect(ada.page.getByText('Authenticator app', { exact: true })).toBeVisible();
  await expect(ada.page.getByText('On', { exact: true })).toBeVisible();

  const second = { ...(await newProfile(browser, ada.email)), password: ada.password };
  await second.page.goto('/account/security');
  await signIn(second);
  await expect(second.page).toHaveURL(/\/mfa\?next=%2Faccount%2Fsecurity/);
  const code = second.page.getByLabel('Code from your authenticator app');
  await code.fill('000000');
  await second.page.getByRole('button', { name: 'Continue' }).click();
  await expect(second.page.getByText('That code is not right')).toBeVisible();
  await code.fill(codeOf(secret));
  await second.page.getByRole('button', { name: 'Continue' }).click();
  await expect(second.page).toHaveURL('/account/security');

  await second.page.getByRole('button', { name: 'Remove Authenticator app' }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(second.page.getByText('Off', { exact: true })).toBeVisible();
});

test('an organization that requires two factors leads its people through enrolment and back', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  await ada.page.goto('/account/security');
  await ada.page.getByRole('button', { name: 'Add an authenticator' }).click();
  await enrol(ada.page);
  await expect(ada.page.getByText('On', { exact: true })).toBeVisible();
  const grace = await signedUp(browser);
  const api = bearer(request, await accessTokenOf(ada));
  const invite = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email, role: 'member' })).json();
  await bearer(request, await accessTokenOf(grace))('POST', `/v1/orgs/invites/${invite.token}/accept`);
  expect((await api('PATCH', `/v1/orgs/${ada.slug}`, { mfa_required: true })).status()).toBe(200);

  await grace.page.goto(`/orgs/${ada.slug}/members`);
  await expect(grace.page).toHaveURL(/\/mfa\?next=/);
  await expect(grace.page.getByText(`${ada.orgName} asks for two-factor sign-in`)).toBeVisible();
  await enrol(grace.page);
  await expect(grace.page).toHaveURL(`/orgs/${ada.slug}/members`);
  // Whoever has shown both factors is not asked again.
  await grace.page.goto(`/mfa?next=/orgs/${ada.slug}`);
  await expect(grace.page).toHaveURL(`/orgs/${ada.slug}`);
});

test('a new password signs the other browsers out, and the old one stops working', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const other = await secondBrowserOf(browser, ada);
  await ada.page.goto('/account/security');
  const field = ada.page.getByLabel('New password');
  const save = ada.page.getByRole('button', { name: 'Save the password' });
  await field.fill(ada.password);
  await save.click();
  await expect(ada.page.getByText('That is your present password')).toBeVisible();
  await field.fill('abc');
  await save.click();
  await expect(ada.page.getByText('That password is too easy to guess')).toBeVisible();
  const password = `battery staple ${randomUUID()}`;
  await field.fill(password);
  await save.click();
  await expect(ada.page.getByText('Your password was saved')).toBeVisible();

  const refused = await bearer(request, await accessTokenOf(other))('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'late' });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'session_revoked' });
  await expireSession(other);
  await other.page.goto(`/orgs/${ada.slug}`);
  await expect(other.page).toHaveURL(/\/login/);
  // This browser goes on, with what matters too.
  const mine = await bearer(request, await accessTokenOf(ada))('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'mine' });
  expect(mine.status()).toBe(201);

  await other.page.goto('/login');
  await signIn(other);
  await expect(other.page.getByText('That e-mail and password do not match')).toBeVisible();
  await signIn({ ...other, password });
  await expect(other.page).toHaveURL(`/orgs/${ada.slug}`);
});

test('a new address counts after both mailboxes confirmed it, and organizations show it', async ({ browser }) => {
  const ada = await founder(browser);
  const address = newEmail('countess');
  await ada.page.goto('/account');
  await ada.page.getByLabel('New address').fill(ada.email);
  await expect(ada.page.getByText('That is your address already')).toBeVisible();
  await ada.page.getByLabel('New address').fill(address);
  await ada.page.getByRole('button', { name: 'Send the links' }).click();
  await expect(ada.page.getByText(`Waiting for ${address}`)).toBeVisible();

  await ada.page.goto(linkIn(await newestMail(ada.email, /new email/i)));
  await expect(ada.page.getByRole('heading', { name: 'One more confirmation' })).toBeVisible();
  await ada.page.goto('/account?email=changed');
  await expect(ada.page.getByText(`Waiting for ${address}`)).toBeVisible();

  await ada.page.goto(linkIn(await newestMail(address, /new email/i)));
  await expect(ada.page.getByText(`It is ${address} now`)).toBeVisible();
  await ada.page.goto(`/orgs/${ada.slug}/members`);
  await expect(ada.page.getByRole('cell', { name: address })).toBeVisible();
});

test('C36 a new address whose last link was opened in another browser is told of there, and counts here', async ({ browser }) => {
  const ada = await founder(browser);
  const address = newEmail('elsewhere');
  await ada.page.goto('/account');
  await ada.page.getByLabel('New address').fill(address);
  await ada.page.getByRole('button', { name: 'Send the links' }).click();
  await expect(ada.page.getByText(`Waiting for ${address}`)).toBeVisible();
  await ada.page.goto(linkIn(await newestMail(ada.email, /new email/i)));
  await expect(ada.page.getByRole('heading', { name: 'One more confirmation' })).toBeVisible();

  const phone = await newProfile(browser, address);
  await phone.page.goto(linkIn(await newestMail(address, /new email/i)));
  await expect(phone.page.getByText('If you were confirming your address, that is done.')).toBeVisible();
  await ada.page.goto('/account');
  await expect(ada.page.getByText(`It is ${address} now`)).toBeVisible();
  await ada.page.goto(`/orgs/${ada.slug}/members`);
  await expect(ada.page.getByRole('cell', { name: address })).toBeVisible();
});

test('a provider is linked to the account and removed again; the last way in stays', async ({ browser }) => {
  const ada = await founder(browser);
  await ada.page.goto('/account/security');
  await expect(ada.page.getByRole('button', { name: /^Remove E-mail/ })).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Add GitHub' }).click();
  await ada.page.getByRole('textbox', { name: 'Email' }).fill(newEmail('octocat'));
  await ada.page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(ada.page).toHaveURL('/account/security');
  await ada.page.getByRole('button', { name: /^Remove GitHub/ }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ada.page.getByRole('button', { name: 'Add GitHub' })).toBeVisible();
});

test('ending all other sessions refuses them what matters at once and signs them out at their next refresh', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const second = await secondBrowserOf(browser, ada);
  await ada.page.goto('/account/sessions');
  await ada.page.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(ada.page.getByText('All other sessions were ended')).toBeVisible();

  const refused = await bearer(request, await accessTokenOf(second))('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'late' });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'session_revoked' });

  await expireSession(second);
  await second.page.goto(`/orgs/${ada.slug}`);
  await expect(second.page).toHaveURL(/\/login/);
  await ada.page.goto(`/orgs/${ada.slug}/tokens`);
  await expect(ada.page.getByRole('heading', { name: 'API tokens' })).toBeVisible();
});

test('signing out everywhere ends this browser too, and says so', async ({ browser }) => {
  const ada = await founder(browser);
  const second = await secondBrowserOf(browser, ada);
  await ada.page.goto('/account/sessions');
  await ada.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(ada.page.getByText('You are signed out in every browser')).toBeVisible();
  await expireSession(second);
  await second.page.goto(`/orgs/${ada.slug}`);
  await expect(second.page).toHaveURL(/\/login/);
});
