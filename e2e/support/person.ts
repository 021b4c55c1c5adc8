import { randomUUID } from 'node:crypto';
import {
  type APIRequestContext,
  type APIResponse,
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { linkIn, newestMail } from './inbox';

export interface Person {
  email: string;
  password: string;
  context: BrowserContext;
  page: Page;
}

export function newEmail(name = 'person'): string {
  return `${name}-${randomUUID().slice(0, 8)}@example.com`;
}

/** A browser profile of somebody's own, signed out. */
export async function newProfile(browser: Browser, email = newEmail()): Promise<Person> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  return { email, password: `correct horse ${randomUUID()}`, context, page: await context.newPage() };
}

/** Fills the sign-up form that is open and presses the link in the mail, in the same browser. */
export async function completeSignUp({ page, email, password }: Person, authUrl?: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await expect(page.getByText(`Check the mail of ${email}`)).toBeVisible();
  await page.goto(linkIn(await newestMail(email, /confirm/i, authUrl)));
}

/** Somebody who has just signed up and stands at "/". */
export async function signedUp(browser: Browser, email?: string): Promise<Person> {
  const person = await newProfile(browser, email);
  await person.page.goto('/signup');
  await completeSignUp(person);
  await expect(person.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  return person;
}

/** Somebody who has just founded an org and stands at its overview. Returns the slug of it. */
export async function founder(
  browser: Browser,
  orgName = `Org ${randomUUID().slice(0, 8)}`,
): Promise<Person & { orgName: string; slug: string }> {
  const person = await signedUp(browser);
  await person.page.getByLabel('Name', { exact: true }).fill(orgName);
  await person.page.getByRole('button', { name: 'Create organization' }).click();
  await expect(person.page).toHaveURL(/\/orgs\/[a-z0-9-]+$/);
  return { ...person, orgName, slug: new URL(person.page.url()).pathname.split('/')[2] ?? '' };
}

export async function signIn({ page, email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The access token of the profile's session, as the browser client keeps it in its cookies. */
export async function accessTokenOf({ context }: Person): Promise<string> {
  const cookies = (await context.cookies()).filter(({ name }) => /^sb-.*-auth-token(\.\d+)?$/.test(name));
  const value = cookies
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map((cookie) => decodeURIComponent(cookie.value))
    .join('');
  const json = value.startsWith('base64-') ? Buffer.from(value.slice(7), 'base64url').toString('utf8') : value;
  const session: { access_token: string } = JSON.parse(json);
  return session.access_token;
}

/** Calls the API as a program does: one credential in one header, no cookies. */
export function bearer(request: APIRequestContext, credential: string) {
  return (method: string, path: string, data?: unknown): Promise<APIResponse> =>
    request.fetch(path, { method, headers: { authorization: `Bearer ${credential}` }, data });
}

/** What a copy button puts on the clipboard. */
export async function copied({ page }: Person, button: Locator): Promise<string> {
  await button.click();
  return page.evaluate(() => navigator.clipboard.readText());
}
