import { expect, test } from '@playwright/test';
import { joined } from '../support/joined';
import { faultsOf } from '../support/page-faults';
import { founder, signedUp } from '../support/person';

test('an owner sees what ends before a member is removed, and it ends', async ({ browser, playwright }) => {
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const { asPerson } = await joined(playwright.request, ada, grace, 'admin');
  const token = await (await asPerson('POST', `/v1/orgs/${ada.slug}/tokens`, { label: 'nightly evaluation' })).json();
  await asPerson('POST', `/v1/orgs/${ada.slug}/invites`, { email: 'kurt@example.com', role: 'member' });

  await ada.page.goto(`/orgs/${ada.slug}/members`);
  await ada.page.getByRole('button', { name: `Remove ${grace.email}` }).click();
  const dialog = ada.page.getByRole('dialog', { name: `Remove ${grace.email}?` });
  await expect(dialog.getByText('nightly evaluation')).toBeVisible();
  await expect(dialog.getByText('kurt@example.com')).toBeVisible();
  expect(await faultsOf(ada.page, 'removing a member')).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ada.page.getByText(`${grace.email} was removed`)).toBeVisible();
  await expect(ada.page.getByRole('table', { name: 'Members' }).getByRole('row', { name: grace.email })).toBeHidden();

  await grace.page.goto(`/orgs/${ada.slug}`);
  await expect(grace.page.getByRole('heading', { level: 1 })).not.toHaveText(ada.orgName);
  const dead = await grace.page.request.get('/v1/me', { headers: { authorization: `Bearer ${token.token}` } });
  expect(dead.status()).toBe(401);
});

test('an owner sets the rules of invitations, gives the organization away and leaves it', async ({ browser, playwright }) => {
  const ada = await founder(browser);
  const grace = await signedUp(browser);
  const { asOwner } = await joined(playwright.request, ada, grace);
  const { page } = ada;
  await page.goto(`/orgs/${ada.slug}/settings`);
  await page.getByLabel('Role').selectOption('admin');
  await page.getByLabel('E-mail domains').fill('example.com, Example.org');
  const rules = page.locator('form', { has: page.getByRole('heading', { name: 'Invitations' }) });
  await rules.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The rules for invitations were changed')).toBeVisible();
  const org = await (await asOwner('GET', `/v1/orgs/${ada.slug}`)).json();
  expect(org).toMatchObject({ default_invite_role: 'admin', allowed_email_domains: ['example.com', 'example.org'] });
  await page.getByLabel('E-mail domains').fill('not a domain');
  await rules.getByRole('button', { name: 'Save' }).click();
  await expect(rules.getByText(/is not a domain/)).toBeVisible();

  await page.getByRole('button', { name: 'Transfer…' }).click();
  const dialog = page.getByRole('dialog', { name: `Transfer ${ada.orgName}?` });
  await expect(dialog.getByRole('button', { name: 'Transfer' })).toBeDisabled();
  await dialog.getByLabel('New owner').selectOption(grace.email);
  expect(await faultsOf(page, 'transferring an organization')).toEqual([]);
  await dialog.getByRole('button', { name: 'Transfer' }).click();
  await expect(page.getByText(`${grace.email} is the owner of ${ada.orgName} now`)).toBeVisible();
  await expect(page).toHaveURL(`/orgs/${ada.slug}/members`);

  await page.goto(`/orgs/${ada.slug}/settings`);
  await expect(page.getByRole('button', { name: 'Delete…' })).toBeHidden();
  await page.goto(`/orgs/${ada.slug}/members`);
  await page.getByRole('button', { name: `Leave ${ada.orgName}` }).click();
  const leaving = page.getByRole('dialog', { name: `Leave ${ada.orgName}?` });
  await expect(leaving.getByText('no API token: you made none')).toBeVisible();
  await leaving.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
});

test('an organization is deleted by typing its slug, and nothing less', async ({ browser }) => {
  const { page, slug, orgName } = await founder(browser);
  await page.goto(`/orgs/${slug}/settings`);
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${orgName}?` });
  const confirm = dialog.getByRole('button', { name: 'Delete the organization' });
  await dialog.getByRole('textbox').fill(slug.slice(0, -1));
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill(slug);
  expect(await faultsOf(page, 'deleting an organization')).toEqual([]);
  await confirm.click();
  await expect(page.getByRole('heading', { name: 'No organization yet' })).toBeVisible();
  await page.goto(`/orgs/${slug}`);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(orgName);
});
