import { expect, test } from '@playwright/test';
import { linkIn, newestMail } from '../support/inbox';
import {
  accessTokenOf,
  bearer,
  completeSignUp,
  copied,
  founder,
  newEmail,
  newProfile,
  signedUp,
  signIn,
} from '../support/person';

test('from a stranger to two colleagues, a token and an audit trail', async ({ browser, playwright, baseURL }) => {
  // No cookie jar: /v1 takes one credential, in a header.
  const request = await playwright.request.newContext({ baseURL });

  // 1. Sign up; the link in the confirmation mail signs in. 2. Found an organization.
  const ada = await founder(browser, 'Acme Research');
  await expect(ada.page.getByRole('heading', { name: 'Acme Research' })).toBeVisible();

  // 3. Invite by e-mail, copy the link; the mail is there too.
  const guestEmail = newEmail('grace');
  await ada.page.getByRole('link', { name: 'Members' }).first().click();
  await ada.page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(guestEmail);
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  const link = await copied(ada, dialog.getByRole('button', { name: `Copy the link for ${guestEmail}` }));
  const mail = await newestMail(guestEmail, /Join Acme Research/);
  expect(linkIn(mail)).toBe(link);

  // 4. In another profile: the link, the preview, an account, back on the invite, accepted.
  const grace = await newProfile(browser, guestEmail);
  await grace.page.goto(linkIn(mail));
  await expect(grace.page.getByRole('heading', { name: 'Join Acme Research' })).toBeVisible();
  await grace.page.getByRole('button', { name: 'Create an account' }).click();
  await completeSignUp(grace);
  await expect(grace.page.getByRole('heading', { name: 'Join Acme Research' })).toBeVisible();
  await grace.page.getByRole('button', { name: 'Join Acme Research' }).click();
  await expect(grace.page).toHaveURL(`/orgs/${ada.slug}`);
  await grace.page.goto(`/orgs/${ada.slug}/members`);
  await expect(grace.page.getByRole('cell', { name: ada.email })).toBeVisible();
  await ada.page.goto(`/orgs/${ada.slug}/members`);
  await expect(ada.page.getByRole('row', { name: new RegExp(guestEmail) }).first()).toBeVisible();
  await expect(grace.page.getByRole('button', { name: /^Invite/ })).toHaveCount(0);

  // 5. The API answers the session's token.
  const api = bearer(request, await accessTokenOf(grace));
  expect(await (await api('GET', '/v1/me')).json()).toMatchObject({
    email: guestEmail,
    auth_method: 'jwt',
    current_org: { slug: ada.slug, role: 'member' },
  });
  expect(await (await api('GET', `/v1/orgs/${ada.slug}/members`)).json()).toHaveLength(2);
  expect((await api('GET', `/v1/orgs/${ada.slug}/invites`)).status()).toBe(403);

  // 6. Mint an API token and use it.
  await ada.page.goto(`/orgs/${ada.slug}/tokens`);
  await ada.page.getByRole('button', { name: 'New token' }).first().click();
  await dialog.getByLabel('Label').fill('laptop');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const secret = await copied(ada, dialog.getByRole('button', { name: 'Copy', exact: true }));
  const me = await (await bearer(request, secret)('GET', '/v1/me')).json();
  expect(me).toMatchObject({ auth_method: 'token', current_org: { slug: ada.slug } });

  // 7. Everything is in the audit log, read from ClickHouse.
  await expect(async () => {
    await ada.page.goto(`/orgs/${ada.slug}/audit`);
    const events = await (await bearer(request, await accessTokenOf(ada))('GET', `/v1/orgs/${ada.slug}/audit-log`)).json();
    const actions = events.items.map(({ action }: { action: string }) => action);
    // What grace was denied in step 5 is there too.
    expect(actions.toSorted()).toEqual([
      'access.denied',
      'invite.accepted',
      'invite.created',
      'member.joined',
      'org.created',
      'token.created',
    ]);
    await expect(ada.page.getByRole('row').filter({ hasText: 'laptop' })).toBeVisible({ timeout: 2_000 });
    await expect(ada.page.getByRole('row').filter({ hasText: guestEmail }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
});

test('a magic link signs in, and so does a password, each returning to where one wanted to go', async ({ browser }) => {
  const ada = await founder(browser);
  const tokens = `/orgs/${ada.slug}/tokens`;

  const second = await newProfile(browser, ada.email);
  await second.page.goto(tokens);
  await expect(second.page).toHaveURL(`/login?next=${encodeURIComponent(tokens)}`);
  await second.page.getByLabel('E-mail').fill(ada.email);
  await second.page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await expect(second.page.getByText(`Check the mail of ${ada.email}`)).toBeVisible();
  await second.page.goto(linkIn(await newestMail(ada.email, /magic|sign.?in|log.?in/i)));
  await expect(second.page).toHaveURL(tokens);

  const third = { ...(await newProfile(browser, ada.email)), password: ada.password };
  await third.page.goto(tokens);
  await signIn(third);
  await expect(third.page).toHaveURL(tokens);
});

test('an invite opened with the wrong account leads to the right one, and nothing is burnt', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const mallory = await signedUp(browser, newEmail('mallory'));
  const api = bearer(request, await accessTokenOf(ada));
  const invite = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email, role: 'admin' })).json();

  await mallory.page.goto(invite.invite_url);
  await expect(mallory.page.getByText(`You are signed in as ${mallory.email}`)).toBeVisible();
  await expect(mallory.page.getByRole('button', { name: /^Join/ })).toHaveCount(0);
  await mallory.page.getByRole('button', { name: 'Switch account' }).click();
  await expect(mallory.page).toHaveURL(/\/login/);
  await signIn({ ...grace, page: mallory.page });
  await expect(mallory.page.getByRole('heading', { name: `Join ${ada.orgName}` })).toBeVisible();
  await mallory.page.getByRole('button', { name: `Join ${ada.orgName}` }).click();
  await expect(mallory.page).toHaveURL(`/orgs/${ada.slug}`);

  // The other profile of the same person learns that there is nothing left to do.
  await grace.page.goto(invite.invite_url);
  await expect(grace.page.getByRole('heading', { name: `You are a member of ${ada.orgName}` })).toBeVisible();
});

test('signing out is a POST, ends this session and leads back in', async ({ browser }) => {
  const ada = await founder(browser);
  // A link or a prefetch must not sign anybody out.
  expect((await ada.page.request.get('/auth/sign-out', { maxRedirects: 0 })).status()).toBe(405);
  await ada.page.goto(`/orgs/${ada.slug}`);
  await expect(ada.page.getByRole('heading', { name: ada.orgName })).toBeVisible();
  await ada.page.getByRole('button', { name: new RegExp(ada.email) }).click();
  await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(ada.page).toHaveURL(/\/login\?reason=signed_out/);
  await ada.page.goto(`/orgs/${ada.slug}`);
  await expect(ada.page).toHaveURL(/\/login\?next=/);
});
