import { expect, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { completeSignUp, newProfile } from '../support/person';

// What an operator gets who set nothing: people come by invitation, and owners alone found organizations.
const DEFAULTS = { PANDASTACK_SIGNUP: 'invite_only', PANDASTACK_ORG_CREATION: 'owners' };

let product: OwnProduct;

test.beforeAll(async () => {
  product = await startOwnProduct({ place: 8, env: DEFAULTS });
});
test.afterAll(() => product.stop());

test('on a fresh server the code from the log makes its first owner, and nobody after', async ({ browser }) => {
  const ada = await newProfile(browser);
  const { page } = ada;
  const faults: string[] = [];
  await page.goto(`${product.url}/setup`);
  await expect(page).toHaveURL(`${product.url}/login?next=%2Fsetup`);
  await expect(page.getByText('Nobody owns this server yet')).toBeVisible();
  faults.push(...(await faultsOf(page, 'login-before-setup')));

  await page.getByRole('link', { name: 'Create an account' }).first().click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await completeSignUp(ada, product.auth.url);
  await expect(page).toHaveURL(`${product.url}/setup`);
  await expect(page.getByRole('heading', { name: 'Set up this server' })).toBeVisible();
  faults.push(...(await faultsOf(page, 'setup')));

  const [code, name] = [page.getByLabel('Setup code'), page.getByLabel('Organization')];
  await code.fill('AAAA-AAAA-AAAA-AAAA');
  await name.fill('Acme Research');
  await name.press('Enter');
  await expect(page.getByText('This is not the setup code of this server')).toBeVisible();
  await expect(code).toBeFocused();
  faults.push(...(await faultsOf(page, 'setup-wrong-code')));
  await page.goto(product.url);
  await expect(page.getByRole('heading', { name: 'Set up this server' })).toBeVisible();
  faults.push(...(await faultsOf(page, 'home-before-setup')));
  await page.getByRole('link', { name: 'Enter the setup code' }).click();

  await code.fill(product.setupCode.toLowerCase());
  await name.fill('Acme Research');
  await name.press('Enter');
  await expect(page).toHaveURL(`${product.url}/orgs/acme-research`);
  await page.goto(`${product.url}/orgs/acme-research/members`);
  await expect(page.getByRole('cell', { name: 'Owner' }).first()).toBeVisible();

  const grace = await newProfile(browser);
  await grace.page.goto(`${product.url}/setup`);
  await expect(grace.page.getByRole('heading', { name: 'This server is set up' })).toBeVisible();
  faults.push(...(await faultsOf(grace.page, 'setup-closed')));
  await grace.page.goto(`${product.url}/signup`);
  await expect(grace.page.getByText('New people come here by invitation')).toBeVisible();
  await grace.page.goto(`${product.url}/login`);
  await expect(grace.page.getByText('Nobody owns this server yet')).toBeHidden();
  expect(faults).toEqual([]);
});
