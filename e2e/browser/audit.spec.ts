import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, founder } from '../support/person';

test('the audit log is filtered by its address, opened, verified, exported, and grows by itself', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const { page } = ada;
  const api = bearer(request, await accessTokenOf(ada));
  const rename = (name: string) => api('PATCH', `/v1/orgs/${ada.slug}`, { name });
  await rename('=Before the deluge');
  const token = await (await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'laptop' })).json();
  await expect(async () => {
    await page.goto(`/orgs/${ada.slug}/audit`);
    await expect(page.getByRole('row').filter({ hasText: 'laptop' })).toBeVisible({ timeout: 1_000 });
  }).toPass();

  // A change shows what was before and what came after.
  await page.getByRole('button', { name: /Details of “Renamed/ }).click();
  const details = page.getByRole('definition');
  await expect(details.filter({ hasText: /^=Before the deluge$/ })).toBeVisible();
  await expect(details.filter({ hasText: /^#2 [0-9a-f]{64}$/ })).toBeVisible();

  // What happens now appears without a reload, and the open row stays open.
  await rename('After the deluge');
  await expect(page.getByRole('button', { name: /Details of “Renamed/ })).toHaveCount(2, { timeout: 15_000 });
  await expect(page.getByRole('status').filter({ hasText: '1 new event' })).toBeAttached();
  await expect(details.filter({ hasText: /^=Before the deluge$/ })).toBeVisible();
  const live = page.getByRole('button', { name: 'Live' });
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'false');

  await page.getByRole('button', { name: 'Verify chain' }).click();
  await expect(page.getByText('Chain verified: 4 events')).toBeVisible();
  expect(await faultsOf(page, 'a verified audit log')).toEqual([]);

  // Filters stand in the address.
  await page.getByLabel('Target', { exact: true }).fill(token.id);
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page).toHaveURL(new RegExp(`target=${token.id}`));
  await expect(page.getByRole('button', { name: /Details of/ })).toHaveCount(1);

  // The file holds what the page shows.
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(new RegExp(`^${ada.slug}-audit-log-\\d{4}-\\d{2}-\\d{2}\\.csv$`));
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('token.created');

  // The API gives the same in JSON's place, to whoever asks for CSV.
  const csv = await request.get(`/v1/orgs/${ada.slug}/audit-log?action=org.renamed`, {
    headers: { authorization: `Bearer ${await accessTokenOf(ada)}`, accept: 'text/csv' },
  });
  expect(csv.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment; filename="[\w.-]+"$/),
  });
  expect((await csv.text()).trim().split('\r\n')).toHaveLength(3);
});

test('a call that was denied is in the log of the organization, and the export is for those who may read it', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const eve = await founder(browser);
  const outside = await eve.page.request.get(`/orgs/${ada.slug}/audit/export`, { maxRedirects: 0 });
  expect(outside.status()).toBe(404);
  expect(await outside.text()).not.toContain('org.created');

  const api = bearer(request, await accessTokenOf(ada));
  const { token } = await (await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'ci', role: 'member' })).json();
  expect((await bearer(request, token)('GET', `/v1/orgs/${ada.slug}/audit-log`)).status()).toBe(403);
  await expect(async () => {
    await ada.page.goto(`/orgs/${ada.slug}/audit?action=access.denied`);
    await expect(ada.page.getByRole('row').filter({ hasText: 'Was denied access' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
