import { expect, test } from '@playwright/test';
import { newestMail } from '../support/inbox';
import { newAccount } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';

let product: OwnProduct;

test.beforeAll(async () => {
  product = await startOwnProduct({ place: 5, authEnv: { DEV_AUTH_GUARDED_PASSWORD: 'true' } });
});
test.afterAll(() => product.stop());

test('a server that wants a mailed code and the present password before a new one is given both, step by step', async ({
  browser,
}) => {
  const { email, password } = await newAccount(product);
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${product.url}/login?next=/account/security`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${product.url}/account/security`);

  const save = page.getByRole('button', { name: 'Save the password' });
  const code = page.getByLabel('Code from the mail');
  const present = page.getByLabel('Present password');
  let last = '';
  // One person is mailed once in a while: who asks too soon is told to wait, and presses again.
  const newCode = async () => {
    await expect(async () => {
      if (!(await code.isVisible())) await save.click();
      await expect(code).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect
      .poll(async () => {
        const { subject } = await newestMail(email, /verification code/, product.auth.url);
        return /\d{6}/.exec(subject)?.[0] ?? '';
      })
      .not.toBe(last);
    last = /\d{6}/.exec((await newestMail(email, /verification code/, product.auth.url)).subject)?.[0] ?? '';
    return last;
  };

  await page.getByLabel('New password').fill(`another ${password}`);
  const first = await newCode();
  await page.screenshot({ path: test.info().outputPath('code.png') });
  await code.fill(first === '000000' ? '000001' : '000000');
  await save.click();
  await expect(page.getByText('That code is wrong or too old')).toBeVisible();
  await code.fill(first);
  await save.click();
  await expect(present).toBeVisible();

  await present.fill('not the present one');
  await code.fill(await newCode());
  await save.click();
  await expect(page.getByText('That is not your present password')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('present.png') });
  await present.fill(password);
  await code.fill(await newCode());
  await save.click();
  await expect(page.getByText('Your password was saved')).toBeVisible();
  await expect(present).toHaveCount(0);

  const again = await fetch(`${product.auth.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: product.auth.anonKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: `another ${password}` }),
  });
  expect(again.status).toBe(200);
});
