import { type Browser, expect, test } from '@playwright/test';
import { codeOf, enrol } from '../support/authenticator';
import { linkIn, newestMail } from '../support/inbox';
import { founder, newProfile, type Person, signIn } from '../support/person';

/** Somebody with one authenticator, at /account/security. */
async function enrolled(browser: Browser) {
  const person = await founder(browser);
  await person.page.goto('/account/security');
  await person.page.getByRole('button', { name: 'Add an authenticator' }).click();
  const secret = await enrol(person.page);
  await expect(person.page.getByText('On', { exact: true })).toBeVisible();
  return { ...person, secret };
}

async function otherBrowserOf(browser: Browser, { email, password }: Person): Promise<Person> {
  return { ...(await newProfile(browser, email)), password };
}

test('of two authenticators either one opens the account', async ({ browser }) => {
  const ada = await enrolled(browser);
  await ada.page.getByRole('button', { name: 'Add an authenticator' }).click();
  await ada.page.getByLabel('Name of the authenticator').fill('Old phone');
  const old = await enrol(ada.page);
  await expect(ada.page.getByRole('button', { name: 'Remove Old phone' })).toBeVisible();

  for (const [name, secret] of [
    ['Authenticator app', ada.secret],
    ['Old phone', old],
  ] as const) {
    const second = await otherBrowserOf(browser, ada);
    await second.page.goto('/account/security');
    await signIn(second);
    await second.page.getByLabel('Authenticator', { exact: true }).selectOption(name);
    await second.page.getByLabel('Code from your authenticator app').fill(codeOf(secret));
    await second.page.getByRole('button', { name: 'Continue' }).click();
    await expect(second.page).toHaveURL('/account/security');
  }
});

test('a forgotten password is replaced after the second factor, and leads on', async ({ browser }) => {
  const ada = await enrolled(browser);
  const second = await otherBrowserOf(browser, ada);
  await second.page.goto('/auth/forgot');
  await second.page.getByLabel('E-mail').fill(ada.email);
  await second.page.getByRole('button', { name: /link/i }).click();
  await second.page.goto(linkIn(await newestMail(ada.email, /password/i)));
  await expect(second.page).toHaveURL(/\/mfa\?next=/);
  await second.page.getByLabel('Code from your authenticator app').fill(codeOf(ada.secret));
  await second.page.getByRole('button', { name: 'Continue' }).click();
  await expect(second.page).toHaveURL(/\/auth\/set-password/);
  const password = `another ${ada.password}`;
  await second.page.getByLabel('New password').fill(password);
  await second.page.getByRole('button', { name: 'Save the password' }).click();
  await expect(second.page).toHaveURL(`/orgs/${ada.slug}`);
});

test('an organization that asks for no second factor is not said to', async ({ browser }) => {
  const { page, slug, orgName } = await founder(browser);
  await page.goto(`/mfa?next=/orgs/${slug}/settings`);
  await expect(page.getByText('A second factor protects your account.')).toBeVisible();
  await expect(page.getByText(`${orgName} asks`)).toHaveCount(0);
});
