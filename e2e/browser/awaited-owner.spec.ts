import { expect, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { completeSignUp, newEmail, newProfile } from '../support/person';

const email = newEmail();
let product: OwnProduct;

test.beforeAll(async () => {
  const awaited = { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: email, PANDASTACK_BOOTSTRAP_ORG: 'acme-labs' };
  const env = { PANDASTACK_SIGNUP: 'invite_only', PANDASTACK_ORG_CREATION: 'owners', ...awaited };
  product = await startOwnProduct({ place: 9, env });
});
test.afterAll(() => product.stop());

test('whom the operator awaits by address owns the awaited organization as soon as they have proven it', async ({ browser }) => {
  const mallory = await newProfile(browser);
  await mallory.page.goto(`${product.url}/signup`);
  await completeSignUp(mallory, product.auth.url);
  await expect(mallory.page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();

  const ada = await newProfile(browser, email);
  await ada.page.goto(`${product.url}/signup`);
  await completeSignUp(ada, product.auth.url);
  await expect(ada.page).toHaveURL(`${product.url}/orgs/acme-labs`);
  await mallory.page.goto(`${product.url}/setup`);
  await expect(mallory.page.getByRole('heading', { name: 'This server is set up' })).toBeVisible();
});
