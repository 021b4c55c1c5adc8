import { type APIRequestContext, expect, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, copied, founder, newEmail, type Person, signedUp } from '../support/person';

/** Uses are written down in batches. */
const BATCH = { timeout: 60_000 };

async function mint(person: Person, label: string): Promise<string> {
  const dialog = person.page.getByRole('dialog');
  await person.page.getByRole('button', { name: 'New token' }).click();
  await dialog.getByLabel('Label').fill(label);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const secret = await copied(person, dialog.getByRole('button', { name: 'Copy', exact: true }));
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  return secret;
}

const statusOf = async (request: APIRequestContext, secret: string) => (await bearer(request, secret)('GET', '/v1/me')).status();

test('a token is made, rotated with an overlap, its old secret ended, and revoked', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const { page } = ada;
  const dialog = page.getByRole('dialog');
  await page.goto(`/orgs/${ada.slug}/tokens`);
  const first = await mint(ada, 'ci-runner');
  expect(await statusOf(request, first)).toBe(200);
  const row = page.getByRole('row', { name: /ci-runner/ });
  await expect(async () => {
    await page.reload();
    await expect(
      row
        .getByRole('cell')
        .filter({ hasText: /now|second|minute/ })
        .first(),
    ).toBeVisible({ timeout: 1_000 });
  }).toPass(BATCH);

  await page.getByRole('button', { name: 'Rotate the token ci-runner' }).click();
  await dialog.getByLabel('Keep the old secret for').selectOption('7 days');
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(dialog.getByRole('heading', { name: 'New secret of “ci-runner”' })).toBeVisible();
  const second = await copied(ada, dialog.getByRole('button', { name: 'Copy', exact: true }));
  // What is shown once must not be lost to a key.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  expect(second).not.toBe(first);
  expect([await statusOf(request, first), await statusOf(request, second)]).toEqual([200, 200]);
  await expect(page.getByRole('row', { name: new RegExp(`Old secret ${first.slice(0, 12)}.*ends in 7 days`) })).toBeVisible();

  await page.getByRole('button', { name: 'End now: the old secret of ci-runner' }).click();
  await dialog.getByRole('button', { name: 'End it now' }).click();
  await expect(page.getByText('Old secret', { exact: true })).toHaveCount(0);
  expect([await statusOf(request, first), await statusOf(request, second)]).toEqual([401, 200]);

  await page.getByRole('button', { name: 'Revoke the token ci-runner' }).click();
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByText('No API tokens yet')).toBeVisible();
  expect(await statusOf(request, second)).toBe(401);
});

test('members make, see and rotate their own tokens; managers revoke theirs and rotate none of them', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const grace = await signedUp(browser, newEmail('grace'));
  const api = bearer(request, await accessTokenOf(ada));
  const invite = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: grace.email, role: 'member' })).json();
  await bearer(request, await accessTokenOf(grace))('POST', `/v1/orgs/invites/${invite.token}/accept`);
  await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'of-ada' });

  await grace.page.goto(`/orgs/${ada.slug}/tokens`);
  await expect(grace.page.getByText('You see the ones you made.')).toBeVisible();
  await expect(grace.page.getByText('No API tokens yet')).toBeVisible();
  await grace.page.getByRole('button', { name: 'New token' }).click();
  // There is nothing to choose: a member's token is a member.
  await expect(grace.page.getByRole('dialog').getByLabel('Role')).toHaveCount(0);
  await grace.page.getByRole('button', { name: 'Cancel' }).click();
  const secret = await mint(grace, 'of-grace');
  await expect(grace.page.getByRole('button', { name: 'Rotate the token of-grace' })).toBeVisible();

  await ada.page.goto(`/orgs/${ada.slug}/tokens`);
  await expect(ada.page.getByRole('row', { name: /of-grace/ })).toContainText(grace.email);
  await expect(ada.page.getByRole('button', { name: 'Rotate the token of-ada' })).toBeVisible();
  await expect(ada.page.getByRole('button', { name: 'Rotate the token of-grace' })).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Revoke the token of-grace' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(ada.page.getByText('The token “of-grace” was revoked')).toBeVisible();
  expect(await statusOf(request, secret)).toBe(401);
});

test('a token that leaked is ended by whoever found it, and its org reads from where', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  await ada.page.goto(`/orgs/${ada.slug}/tokens`);
  const secret = await mint(ada, 'leaky');
  expect((await request.post('/v1/tokens/leaked', { data: { token: secret } })).status()).toBe(204);
  expect(await statusOf(request, secret)).toBe(401);
  await expect(async () => {
    await ada.page.goto(`/orgs/${ada.slug}/audit?action=token.leaked`);
    await expect(ada.page.getByRole('row', { name: /Reported an API token as leaked leaky/ })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await ada.page.getByRole('button', { name: /^Details of “Reported an API token/ }).click();
  await expect(ada.page.getByText('127.0.0.1').first()).toBeVisible();
});

test('every state and dialog of the tokens page is free of accessibility faults in both themes, and fits a phone', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const { page } = ada;
  const dialog = page.getByRole('dialog');
  const api = bearer(request, await accessTokenOf(ada));
  const tokens = `/v1/orgs/${ada.slug}/tokens`;
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
  const made = async (input: object) => (await api('POST', tokens, input)).json();
  const faults: string[] = [];

  await made({ label: 'short-lived', expires_at: inMs(3_000) });
  await made({ label: 'soon over', expires_at: inMs(3 * 86_400_000) });
  await made({ label: 'a-label-that-goes-on-and-on-until-eighty-characters-are-full-and-then-it-ends-ok' });
  const quiet = await made({ label: 'quiet-after-rotation', role: 'admin', expires_at: inMs(90 * 86_400_000) });
  // Its last use is written down after the rotation, and yet was before it.
  await statusOf(request, quiet.token);
  await api('POST', `${tokens}/${quiet.id}/rotate`, {});
  const busy = await made({ label: 'ci-runner', role: 'owner' });
  await api('POST', `${tokens}/${busy.id}/rotate`, { overlap_seconds: 3600 });

  await expect(async () => {
    await page.goto(`/orgs/${ada.slug}/tokens`);
    await statusOf(request, busy.token);
    await expect(page.getByText('expired', { exact: true }).filter({ visible: true })).toBeVisible({ timeout: 1_000 });
    await expect(page.getByText('still in use')).toBeVisible({ timeout: 1_000 });
    await expect(page.getByText('not used since')).toBeVisible({ timeout: 1_000 });
  }).toPass(BATCH);
  await expect(page.getByRole('button', { name: 'Rotate the token short-lived' })).toHaveCount(0);
  faults.push(...(await faultsOf(page, 'the list')));

  await page.getByRole('button', { name: 'New token' }).click();
  await dialog.getByLabel('Label').fill('laptop');
  await dialog.getByLabel('Expires').selectOption('On a date…');
  faults.push(...(await faultsOf(page, 'a new token')));
  await dialog.getByLabel('Expires').selectOption('30 days');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByRole('button', { name: 'Python' }).click();
  await expect(dialog.getByText('pip install pandastack')).toBeVisible();
  faults.push(...(await faultsOf(page, 'a secret in Python')));
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  await page.getByRole('button', { name: 'Rotate the token ci-runner' }).click();
  await expect(dialog.getByText('still works. It ends with this rotation.')).toBeVisible();
  await dialog.getByLabel('Keep the old secret for').selectOption('Until a moment…');
  faults.push(...(await faultsOf(page, 'a rotation')));
  await dialog.getByLabel('Keep the old secret for').selectOption('Not at all: it ends at once');
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(dialog.getByText('has ended.')).toBeVisible();
  faults.push(...(await faultsOf(page, 'a rotated secret')));
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  await page.getByRole('button', { name: 'End now: the old secret of quiet-after-rotation' }).click();
  await expect(dialog.getByText('Nothing has used it since the rotation.')).toBeVisible();
  faults.push(...(await faultsOf(page, 'ending an old secret')));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Revoke the token soon over' }).click();
  faults.push(...(await faultsOf(page, 'a revocation')));
  expect(faults).toEqual([]);
});
