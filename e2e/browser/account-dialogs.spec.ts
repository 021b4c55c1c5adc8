import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { codeOf, startedEnrolment } from '../support/authenticator';
import { founder, newEmail, newProfile, signIn } from '../support/person';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with what stands on the screen, in both themes and on a phone. */
async function faultsOf(page: Page, state: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    faults.push(...violations.map(({ id, nodes }) => `${state} (${colorScheme}): ${id} at ${nodes.map(({ target }) => target)}`));
  }
  const desktop = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) faults.push(`${state}: ${overflow} px wider than a phone`);
  if (desktop) await page.setViewportSize(desktop);
  return faults;
}

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
