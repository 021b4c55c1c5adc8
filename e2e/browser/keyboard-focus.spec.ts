import { expect, type Locator, type Page, test } from '@playwright/test';
import { joined } from '../support/joined';
import { accessTokenOf, bearer, founder, newEmail, signedUp } from '../support/person';
import { tabTo } from '../support/tab-to';

/** Presses the button and confirms what its dialog asks, by keyboard alone. */
async function confirmed(button: Locator, verb: string): Promise<void> {
  const page = button.page();
  await tabTo(button);
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('dialog').getByRole('button', { name: verb, exact: true });
  await expect(confirm).toBeEnabled();
  await tabTo(confirm);
  await page.keyboard.press('Enter');
}

/** What was done is told, the page has been read anew, and the focus is here still. */
async function staysFocused(page: Page, words: string, wanted: Locator): Promise<void> {
  await expect(wanted).toBeFocused();
  await expect(page.getByText(words)).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(wanted).toBeFocused();
}

test('whoever removes a member goes on from the next row, and from the heading when nobody is left to be pressed', async ({
  browser,
  playwright,
}) => {
  const ada = await founder(browser);
  const [grace, alan] = [await signedUp(browser), await signedUp(browser)];
  for (const person of [grace, alan]) await joined(playwright.request, ada, person);
  const { page } = ada;
  await page.goto(`/orgs/${ada.slug}/members`);
  const remove = (email: string) => page.getByRole('button', { name: `Remove ${email}` });
  await confirmed(remove(grace.email), 'Remove');
  const role = page.getByRole('button', { name: `Role of ${alan.email}` }).filter({ visible: true });
  await staysFocused(page, `${grace.email} was removed`, role);
  await confirmed(remove(alan.email), 'Remove');
  await staysFocused(page, `${alan.email} was removed`, page.getByRole('heading', { level: 1, name: 'Members' }));
});

test('whoever withdraws an invitation goes on from the next one, and from their heading after the last', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  const emails = [newEmail('older'), newEmail('newer')];
  for (const email of emails) await api('POST', `/v1/orgs/${ada.slug}/invites`, { email, role: 'member' });
  const [older = '', newer = ''] = emails;
  await page.goto(`/orgs/${ada.slug}/members`);
  const revoke = (email: string) => page.getByRole('button', { name: `Revoke the invitation of ${email}` });
  await confirmed(revoke(newer), 'Revoke');
  const next = page.getByRole('button', { name: `Resend the invitation of ${older}` });
  await staysFocused(page, `The invitation of ${newer} was withdrawn`, next);
  await confirmed(revoke(older), 'Revoke');
  const heading = page.getByRole('heading', { level: 2, name: 'Invites' });
  await staysFocused(page, `The invitation of ${older} was withdrawn`, heading);
});

test('whoever revokes a token goes on from the row beside it, and from the heading of a list that is empty now', async ({
  browser,
}) => {
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  for (const label of ['last', 'middle', 'first']) await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label });
  await page.goto(`/orgs/${ada.slug}/tokens`);
  const revoke = (label: string) => page.getByRole('button', { name: `Revoke the token ${label}` });
  const rotate = (label: string) => page.getByRole('button', { name: `Rotate the token ${label}` });
  const told = (label: string) => `The token “${label}” was revoked`;
  await confirmed(revoke('middle'), 'Revoke');
  await staysFocused(page, told('middle'), rotate('last'));
  await confirmed(revoke('last'), 'Revoke');
  await staysFocused(page, told('last'), rotate('first'));
  await confirmed(revoke('first'), 'Revoke');
  await staysFocused(page, told('first'), page.getByRole('heading', { level: 1, name: 'API tokens' }));
  await expect(page.getByText('No API tokens yet')).toBeVisible();
});

test('a button that goes once its work is done leaves the focus beside it', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  const { id } = await (await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'rotated' })).json();
  await api('POST', `/v1/orgs/${ada.slug}/tokens/${id}/rotate`, { overlap_seconds: 3600 });
  await page.goto(`/orgs/${ada.slug}/tokens`);
  const end = page.getByRole('button', { name: /^End now/ });
  await confirmed(end, 'End it now');
  await expect(end).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Rotate the token rotated' })).toBeFocused();
});

test('Escape closes a dialog or a menu and gives the focus back to what opened it', async ({ browser }) => {
  const { page, slug } = await founder(browser);
  await page.goto(`/orgs/${slug}/members`);
  const openers = [
    page.getByRole('button', { name: 'Invite people' }),
    page.getByRole('button', { name: /^Account of/ }),
    page.getByRole('button', { name: /^Organization / }),
  ];
  for (const opener of openers) {
    await expect(opener).toBeEnabled();
    await opener.press('Enter');
    const opened = page.getByRole('dialog').or(page.getByRole('menu'));
    await expect(opened).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opened).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
});
