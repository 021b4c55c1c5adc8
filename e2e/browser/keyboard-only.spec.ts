import { expect, test } from '@playwright/test';
import { linkIn, newestMail } from '../support/inbox';
import { founder, newEmail, newProfile } from '../support/person';
import { tabTo } from '../support/tab-to';

test('an invitation is sent, opened, answered and joined without a mouse', async ({ browser }) => {
  const ada = await founder(browser);
  const { page } = ada;
  const email = newEmail('grace');
  await page.goto(`/orgs/${ada.slug}/members`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  const open = page.getByRole('button', { name: 'Invite people' });
  await tabTo(open);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type('nobody');
  await tabTo(dialog.getByRole('button', { name: 'Send invitation' }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await tabTo(dialog.getByRole('button', { name: /Copy/ }).first());
  await page.keyboard.press('Enter');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await tabTo(dialog.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await expect(open).toBeFocused();

  const grace = await newProfile(browser, email);
  await grace.page.goto(link);
  await tabTo(
    grace.page.getByRole('link', { name: 'Create an account' }).or(grace.page.getByRole('button', { name: 'Create an account' })),
  );
  await grace.page.keyboard.press('Enter');
  await tabTo(grace.page.getByLabel('E-mail'));
  await grace.page.keyboard.press('Control+a');
  await grace.page.keyboard.type(email);
  await tabTo(grace.page.getByLabel('Password'));
  await grace.page.keyboard.type(grace.password);
  await grace.page.keyboard.press('Enter');
  await expect(grace.page.getByText(`Check the mail of ${email}`)).toBeVisible();
  await grace.page.goto(linkIn(await newestMail(email, /confirm/i)));
  await tabTo(grace.page.getByRole('button', { name: `Join ${ada.orgName}` }));
  await grace.page.keyboard.press('Enter');
  await expect(grace.page).toHaveURL(`/orgs/${ada.slug}`);
});
