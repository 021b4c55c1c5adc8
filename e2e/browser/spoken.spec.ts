import { expect, test } from '@playwright/test';
import { joined } from '../support/joined';
import { accessTokenOf, bearer, founder, newEmail, newProfile, signedUp } from '../support/person';

const REFUSAL = { status: 503, json: { error: 'The database is resting', code: 'database_unavailable', hint: 'Try again.' } };

test('the sign-in page is read as a banner, a heading, named fields and buttons, and a link to an account', async ({ page }) => {
  await page.goto('/login');
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - link "PandaStack, home"
      - group "Colour theme":
        - button "Light"
    - main:
      - heading "Sign in" [level=1]
      - textbox "E-mail"
      - textbox "Password"
      - button "Sign in"
      - link "Create an account"
    - contentinfo:
      - link "API reference"
  `);
});

test('an invite is read as who invites to what, with what one can do about it', async ({ browser }) => {
  const ada = await founder(browser);
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  const invite = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: newEmail(), role: 'member' })).json();
  const { page } = await newProfile(browser);
  await page.goto(`/invite/${invite.token}`);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - link "PandaStack, home"
    - main:
      - heading "Join ${ada.orgName}" [level=1]
      - term: Invited address
      - button "Sign in to accept"
      - button "Create an account"
    - contentinfo
  `);
});

test('the members page is read as its landmarks, headings, tables and buttons that say whom they are about', async ({
  browser,
  playwright,
}) => {
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const { asOwner } = await joined(playwright.request, ada, grace);
  const email = newEmail('guest');
  await asOwner('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'admin' });
  const { page } = ada;
  await page.goto(`/orgs/${ada.slug}/members`);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Skip to the content"
    - complementary:
      - button "Organization ${ada.orgName}"
      - button "Search"
      - navigation "Main":
        - list:
          - listitem:
            - link "Members"
      - button "Account of ${ada.email}"
    - main:
      - heading "Members" [level=1]
      - button "Invite people"
      - region "Members":
        - table "Members":
          - rowgroup:
            - row:
              - columnheader "Person"
              - columnheader "Role"
              - columnheader "Joined"
              - columnheader "Actions"
          - rowgroup:
            - row /${ada.email} you/
            - row /${grace.email}/:
              - cell "${grace.email}"
              - cell:
                - 'button "Role of ${grace.email}: member"'
              - cell:
                - button "Remove ${grace.email}"
      - heading "Invites" [level=2]
      - region "Invites":
        - table "Invites":
          - rowgroup:
            - row:
              - columnheader "Address"
              - columnheader "Role"
              - columnheader "State"
              - columnheader "Sent"
              - columnheader "Actions"
          - rowgroup:
            - row /${email}/:
              - cell:
                - button "Resend the invitation of ${email}"
                - button "Revoke the invitation of ${email}"
  `);
});

test('what a form is refused for is announced, and its field is tied to the words', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await page.goto(`/orgs/${slug}/members`);
  await page.getByRole('button', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Enter an address');
  await expect(dialog.getByLabel('E-mail')).toHaveAccessibleDescription(/Enter an address/);
  await expect(dialog.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');

  await page.route('**/v1/orgs/*/invites', (route) => route.fulfill(REFUSAL));
  await dialog.getByLabel('E-mail').fill(newEmail());
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The database is resting');
  await expect(dialog.getByRole('alert')).toContainText('Try again.');
});

test('a sign-in that is refused is announced', async ({ page }) => {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(newEmail('nobody'));
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('That e-mail and password do not match');
});

test('a toast is announced: the region that is listened to stands there before the first one', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  await bearer(ada.context.request, await accessTokenOf(ada))('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'laptop' });
  await page.goto(`/orgs/${ada.slug}/tokens`);
  const toasts = page.getByRole('region', { name: /^Notifications/ });
  await expect(toasts).toBeAttached();
  await expect(toasts).toHaveAttribute('aria-live', 'polite');
  await expect(toasts).toBeEmpty();
  await page.getByRole('button', { name: 'Revoke the token laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(toasts).toContainText('The token “laptop” was revoked');
});
