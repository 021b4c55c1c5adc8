import { expect, test } from '@playwright/test';
import { codeOf, startedEnrolment } from '../support/authenticator';
import { faultsOf } from '../support/page-faults';
import { founder, newEmail, newProfile, signIn } from '../support/person';

test('the dialogs of the account and the challenge have no accessibility fault in either theme', async ({ browser }) => {
  const faults: string[] = [];
  const ada = await founder(browser);
  const { page } = ada;
  const dialog = page.getByRole('dialog');
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Add an authenticator' }).click();
  await expect(dialog).toBeVisible();
  faults.push(...(await faultsOf(page, 'naming an authenticator')));
  const secret = await startedEnrolment(page);
  faults.push(...(await faultsOf(page, 'the QR code')));
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();

  await page.getByRole('button', { name: 'Remove Authenticator app' }).click();
  await expect(dialog).toBeVisible();
  faults.push(...(await faultsOf(page, 'removing an authenticator')));
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Add GitHub' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(newEmail('octocat'));
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  // The provider's answer begins a session of its own, which owes the second factor again.
  await page.getByLabel('Code from your authenticator app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /^Remove GitHub/ }).click();
  await expect(dialog).toBeVisible();
  faults.push(...(await faultsOf(page, 'removing a provider')));

  const second = { ...(await newProfile(browser, ada.email)), password: ada.password };
  await second.page.goto('/mfa');
  await signIn(second);
  await expect(second.page.getByLabel('Code from your authenticator app')).toBeVisible();
  faults.push(...(await faultsOf(second.page, 'the challenge')));
  expect(faults).toEqual([]);
});
