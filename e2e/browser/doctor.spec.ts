import { expect, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, completeSignUp, newEmail, newProfile } from '../support/person';

const email = newEmail('operator');
let product: OwnProduct;

test.beforeAll(async () => {
  const awaited = { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: email, PANDASTACK_BOOTSTRAP_ORG: 'acme-labs' };
  // A slip of a name, for something to act on.
  product = await startOwnProduct({ place: 11, env: { ...awaited, PANDASTACK_SIGNUPS: 'open' } });
});
test.afterAll(() => product.stop());

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
