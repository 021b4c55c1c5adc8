import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../db/embedded-postgres';
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, completeSignUp, newEmail, newProfile } from '../support/person';

const email = newEmail('operator');
let product: OwnProduct;
let postgres: EmbeddedPostgres;
let network: DatabaseProxy;
const folder = mkdtempSync(join(tmpdir(), 'pandastack-doctor-'));

test.beforeAll(async () => {
  const awaited = { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: email, PANDASTACK_BOOTSTRAP_ORG: 'acme-labs' };
  chmodSync(folder, 0o755);
  postgres = await startEmbeddedPostgres(folder);
  network = await startDatabaseProxy(postgres.url);
  // A slip of a name, for something to act on.
  const env = { ...awaited, PANDASTACK_SIGNUPS: 'open', PANDASTACK_DATABASE_URL: network.url };
  product = await startOwnProduct({ place: 11, env });
});
test.afterAll(async () => {
  await product.stop();
  await network.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('whoever operates the server reads what the doctor says of it, and nobody else', async ({ browser }) => {
  const ada = await newProfile(browser, email);
  const { page } = ada;
  await page.goto(`${product.url}/signup`);
  await completeSignUp(ada, product.auth.url);
  await expect(page).toHaveURL(`${product.url}/orgs/acme-labs`);
  await page.getByRole('link', { name: 'Doctor' }).click();
  await expect(page.getByRole('heading', { name: 'Doctor', level: 1 })).toBeVisible();
  const slip = page.getByRole('listitem').filter({ hasText: 'config.unknown.PANDASTACK_SIGNUPS' });
  await expect(slip.getByText('Rename PANDASTACK_SIGNUPS to PANDASTACK_SIGNUP')).toBeVisible();
  await expect(page.getByText('Postgres answers')).toBeVisible();
  await expect(page.getByText('PANDASTACK_TRUSTED_PROXIES fits the requests that came')).toBeVisible();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(slip).toBeVisible();
  expect(await faultsOf(page, 'doctor')).toEqual([]);
  const secrets = [product.auth.jwtSecret, await accessTokenOf(ada)];
  for (const secret of secrets) expect(await page.content()).not.toContain(secret);

  await product.stopAuth();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('does not answer', { exact: false }).first()).toBeVisible();
  expect(await faultsOf(page, 'doctor-outage')).toEqual([]);
  await product.startAuth();

  // Whether somebody operates the server is known to Postgres alone.
  network.blackhole(true);
  network.cut();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('heading', { name: 'This page did not load' })).toBeVisible();
  expect(await faultsOf(page, 'doctor-without-postgres')).toEqual([]);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This page did not load' })).toBeVisible();
  expect(await faultsOf(page, 'doctor-without-postgres-loaded')).toEqual([]);
  network.blackhole(false);
  network.cut();
  await expect(async () => {
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Doctor', level: 1 })).toBeVisible({ timeout: 5_000 });
  }).toPass();

  const bob = await newProfile(browser);
  await bob.page.goto(`${product.url}/signup`);
  await completeSignUp(bob, product.auth.url);
  await bob.page.getByLabel('Name', { exact: true }).fill('Elsewhere');
  await bob.page.getByRole('button', { name: 'Create organization' }).click();
  await expect(bob.page.getByRole('link', { name: 'Members', exact: true })).toBeVisible();
  await expect(bob.page.getByRole('link', { name: 'Doctor' })).toHaveCount(0);
  expect((await bob.page.goto(`${product.url}/admin/doctor`))?.status()).toBe(404);

  const stranger = await newProfile(browser);
  await stranger.page.goto(`${product.url}/admin/doctor`);
  await expect(stranger.page).toHaveURL(`${product.url}/login?next=%2Fadmin%2Fdoctor`);
});
