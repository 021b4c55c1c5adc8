import { readFile } from 'node:fs/promises';
import { type APIResponse, expect, type Page, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { faultsOf } from '../support/page-faults';
import { accessTokenOf, bearer, completeSignUp, newEmail, newProfile, type Person } from '../support/person';

const email = newEmail('operator');
let product: OwnProduct;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  const awaited = { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: email, PANDASTACK_BOOTSTRAP_ORG: 'acme-labs' };
  product = await startOwnProduct({ place: 12, env: awaited, agent: true });
});
test.afterAll(() => product.stop());

/** The operator, who owns the first org; once for all tests of this file. */
let ada: Person;
async function operator(browser: Parameters<typeof newProfile>[0]): Promise<Page> {
  if (!ada) {
    ada = await newProfile(browser, email);
    await ada.page.goto(`${product.url}/signup`);
    await completeSignUp(ada, product.auth.url);
    await expect(ada.page).toHaveURL(`${product.url}/orgs/acme-labs`);
  }
  return ada.page;
}

/** The state of the sandboxes in the list; a phone's copy of it stands in the same row, hidden. */
const states = (page: Page, status: string) =>
  page.getByRole('table', { name: 'Sandboxes' }).getByText(status, { exact: true }).filter({ visible: true });
const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Sandbox' }).getByRole('link', { name });

async function createSandbox(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Sandboxes', exact: true }).click();
  await page.getByRole('button', { name: 'New sandbox' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Template').selectOption('code-interpreter');
  await dialog.getByLabel('Lifetime').selectOption('keep');
  await dialog.getByLabel('Metadata').fill('purpose=journey');
  await dialog.getByRole('button', { name: 'Create sandbox' }).click();
  await expect(page).toHaveURL(/\/sandboxes\/[\w-]+$/);
  await expect(page.getByText('purpose')).toBeVisible();
  return page.url();
}

/** As a program of hers, for what is not the browser's to do. */
async function call(method: string, path: string, data?: unknown): Promise<APIResponse> {
  const answer = await bearer(ada.context.request, await accessTokenOf(ada))(method, product.url + path, data);
  expect(answer.ok()).toBe(true);
  return answer;
}

async function buildTemplate(name: string): Promise<void> {
  const rootfs = { name: 'rootfs.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from('a file system') };
  const headers = { authorization: `Bearer ${await accessTokenOf(ada)}` };
  const answer = await ada.context.request.post(`${product.url}/v1/templates/build`, { headers, multipart: { name, rootfs } });
  expect(answer.status()).toBe(202);
}

/** What the shell is asked and answers; the answer differs from the question, which the terminal shows as well. */
async function inTerminal(page: Page): Promise<void> {
  await tab(page, 'Terminal').click();
  await expect(page.getByText('Connected')).toBeVisible();
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await terminal.getByRole('textbox').focus();
  await page.keyboard.type('echo answer-$((6*7)) && echo kept > note.txt\n');
  await expect(terminal.locator('.xterm-rows')).toContainText('answer-42');
}

test('a sandbox is created, worked in, paused, forked and ended in the browser', async ({ browser }) => {
  const page = await operator(browser);
  const faults: string[] = [];
  await page.getByRole('link', { name: 'Sandboxes', exact: true }).click();
  await expect(page.getByText('No sandboxes')).toBeVisible();
  faults.push(...(await faultsOf(page, 'sandboxes-none')));
  const url = await createSandbox(page);
  faults.push(...(await faultsOf(page, 'sandbox-overview')));

  await inTerminal(page);
  faults.push(...(await faultsOf(page, 'sandbox-terminal')));
  await page.keyboard.press('Control+m');
  await expect(page.getByText('leaves the terminal')).toBeFocused();
  await page.getByRole('region', { name: 'Terminal' }).getByRole('textbox').focus();
  await page.keyboard.type('exit 3\n');
  await expect(page.getByText('The shell ended with exit code 3')).toBeVisible();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await expect(page.getByText('Connected')).toBeVisible();

  await tab(page, 'Files').click();
  await expect(page.getByRole('link', { name: 'note.txt' })).toBeVisible();
  const content = 'first line\nsecond <line>\n';
  await page
    .getByLabel('Files to upload')
    .setInputFiles({ name: 'plan b&c.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
  await page.getByRole('link', { name: 'plan b&c.txt' }).click();
  await expect(page.getByText('second <line>')).toBeVisible();
  faults.push(...(await faultsOf(page, 'sandbox-file')));
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download plan b&c.txt' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('plan b&c.txt');
  expect(await readFile(await download.path(), 'utf8')).toBe(content);
  await page.getByRole('button', { name: 'Delete plan b&c.txt' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(`${url}/files`);
  await expect(page.getByRole('link', { name: 'note.txt' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'plan b&c.txt' })).toHaveCount(0);
  faults.push(...(await faultsOf(page, 'sandbox-files')));

  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['dropped'], 'dropped.txt'));
    return transfer;
  });
  await page.getByRole('region', { name: 'Folder /' }).dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByRole('link', { name: 'dropped.txt' })).toBeVisible();

  await tab(page, 'Logs').click();
  const log = page.getByRole('log');
  await expect(log).toContainText('runs');
  await expect(page.getByText('Following')).toBeVisible();
  const say = (word: string) => call('POST', `/v1/sandboxes/${url.split('/').at(-1)}/exec`, { cmd: `echo ${word}` });
  await say('first-word');
  await expect(log).toContainText('first-word');
  await page.getByRole('button', { name: 'Pause' }).last().click();
  await say('second-word');
  await expect(page.getByText('Paused')).toBeVisible();
  await expect(log).not.toContainText('second-word');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(log).toContainText('second-word');
  faults.push(...(await faultsOf(page, 'sandbox-logs')));
  await page.getByLabel('Search in the lines').fill('no such line');
  await expect(log).toContainText('No lines');

  await tab(page, 'Events').click();
  await expect(page.getByRole('table', { name: 'Events' })).toContainText('running');
  faults.push(...(await faultsOf(page, 'sandbox-events')));
  await tab(page, 'Metrics').click();
  await expect(page.getByRole('heading', { name: 'CPU' })).toBeVisible();
  await page.goto(`${product.url}/orgs/acme-labs/observability/sandboxes/${url.split('/').at(-1)}?range=1h`);
  await expect(page).toHaveURL(`${url}/metrics?range=1h`);

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('paused', { exact: true })).toBeVisible();
  await tab(page, 'Terminal').click();
  await expect(page.getByText('The sandbox is paused')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Connected')).toBeVisible();
  await page.getByRole('button', { name: 'Fork' }).click();
  await page.getByRole('button', { name: 'Open the fork' }).click();
  await expect(page).not.toHaveURL(`${url}/terminal`);
  await tab(page, 'Files').click();
  await expect(page.getByRole('link', { name: 'note.txt' })).toBeVisible();

  const fork = new URL(page.url()).pathname.replace(/\/files$/, '');
  await page.getByRole('button', { name: /^More for the sandbox/ }).click();
  await page.getByRole('menuitem', { name: 'How long it lives…' }).click();
  await page.getByLabel('This sandbox').selectOption('3600');
  await page.getByRole('button', { name: 'Save' }).click();
  await tab(page, 'Overview').click();
  await expect(page.getByText('ends after 1 hour idle')).toBeVisible();
  await page.getByRole('button', { name: /^More for the sandbox/ }).click();
  await page.getByRole('menuitem', { name: 'End…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End sandbox' }).click();
  await expect(page).toHaveURL(`${product.url}/orgs/acme-labs/sandboxes`);
  await expect(page.getByRole('table', { name: 'Sandboxes' }).getByRole('row')).toHaveCount(2);
  faults.push(...(await faultsOf(page, 'sandboxes')));
  await page.goto(product.url + fork);
  await expect(page.getByText('This sandbox has ended')).toBeVisible();
  faults.push(...(await faultsOf(page, 'sandbox-ended')));
  await page.getByRole('link', { name: 'Its events' }).click();
  await expect(page.getByRole('table', { name: 'Events' })).toContainText('running');
  expect(faults).toEqual([]);
});

test('what somebody else does with a sandbox shows by itself, and a list is narrowed by its address', async ({ browser }) => {
  const page = await operator(browser);
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  const other = await ada.context.newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: /^More for the sandbox/ }).click();
  await other.getByRole('menuitem', { name: 'Hibernate' }).click();
  await other.close();
  await expect(states(page, 'hibernated')).toBeVisible();
  await page.getByRole('link', { name: 'paused', exact: true }).click();
  await expect(page).toHaveURL(/status=paused$/);
  await expect(page.getByText('No such sandboxes')).toBeVisible();
});

test('a snapshot is taken and started from, templates and volumes are listed, and a volume is made and deleted', async ({
  browser,
}) => {
  const page = await operator(browser);
  const faults: string[] = [];
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  const menu = page.getByRole('button', { name: /^More for the sandbox/ });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Wake' }).click();
  await expect(states(page, 'running')).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Take a snapshot' }).click();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('table', { name: 'Snapshots' }).getByRole('row')).toHaveCount(2);
  faults.push(...(await faultsOf(page, 'snapshots')));
  await page.getByRole('button', { name: /^Start a sandbox from the snapshot/ }).click();
  await expect(page).toHaveURL(/\/sandboxes\/[\w-]+$/);
  await tab(page, 'Files').click();
  await expect(page.getByRole('link', { name: 'note.txt' })).toBeVisible();
  await page.goto(`${product.url}/orgs/acme-labs/snapshots`);
  await page.getByRole('button', { name: /^Delete the snapshot/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No snapshots')).toBeVisible();

  await page.getByRole('link', { name: 'Templates' }).click();
  await expect(page.getByRole('table', { name: 'Templates' })).toContainText('code-interpreter');
  await buildTemplate('own-tools');
  await page.reload();
  await expect(page.getByRole('table', { name: 'Builds' })).toContainText('done');
  await page.getByRole('button', { name: 'Delete the template own-tools' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('table', { name: 'Templates' })).not.toContainText('own-tools');
  faults.push(...(await faultsOf(page, 'templates')));
  await page.getByRole('link', { name: 'Start a sandbox from ubuntu-24.04' }).click();
  await expect(page.getByRole('dialog').getByLabel('Template')).toHaveValue('ubuntu-24.04');
  faults.push(...(await faultsOf(page, 'new-sandbox')));
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Volumes' }).click();
  await page.getByRole('button', { name: 'New volume' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('cache');
  await page.getByRole('button', { name: 'Create volume' }).click();
  await expect(page.getByRole('table', { name: 'Volumes' })).toContainText('1 GiB');
  faults.push(...(await faultsOf(page, 'volumes')));
  await page.getByRole('button', { name: 'Delete the volume cache' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('cache');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No volumes')).toBeVisible();
  expect(faults).toEqual([]);
});

test('whose org it is not is told "not found", at every address of a sandbox', async ({ browser }) => {
  const page = await operator(browser);
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  const path = await page.getByRole('table', { name: 'Sandboxes' }).getByRole('link').first().getAttribute('href');
  const id = path?.split('/').at(-1);

  const bob = await newProfile(browser);
  await bob.page.goto(`${product.url}/signup`);
  await completeSignUp(bob, product.auth.url);
  await bob.page.getByLabel('Name', { exact: true }).fill('Elsewhere');
  await bob.page.getByRole('button', { name: 'Create organization' }).click();
  await expect(bob.page.getByRole('link', { name: 'Members', exact: true })).toBeVisible();
  const own = new URL(bob.page.url()).pathname;
  for (const tabPath of ['', '/terminal', '/files', '/logs', '/events', '/metrics']) {
    expect((await bob.page.goto(`${product.url}${path}${tabPath}`))?.status()).toBe(404);
    expect((await bob.page.goto(`${product.url}${own}/sandboxes/${id}${tabPath}`))?.status()).toBe(404);
  }
  const told = await bob.context.request.get(`${product.url}/orgs/acme-labs/sandboxes/states`);
  expect([told.status(), await told.text()]).toEqual([404, '']);
  expect((await bob.page.goto(`${product.url}/admin/agents`))?.status()).toBe(404);
  await bob.page.goto(`${product.url}${own}/sandboxes`);
  await expect(bob.page.getByText('No sandboxes')).toBeVisible();
});

test('whoever is removed while a terminal of theirs is open sees it end, and why', async ({ browser }) => {
  const page = await operator(browser);
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  const path = await page.getByRole('table', { name: 'Sandboxes' }).getByRole('link').first().getAttribute('href');
  const bob = await newProfile(browser);
  await bob.page.goto(`${product.url}/signup`);
  await completeSignUp(bob, product.auth.url);
  const invite = await call('POST', '/v1/orgs/acme-labs/invites', { email: bob.email, role: 'member' });
  await bob.page.goto(`${product.url}/invite/${(await invite.json()).token}`);
  await bob.page.getByRole('button', { name: /^Join / }).click();
  await expect(bob.page).toHaveURL(`${product.url}/orgs/acme-labs`);
  await bob.page.goto(`${product.url}${path}/terminal`);
  await expect(bob.page.getByText('Connected')).toBeVisible();

  const members: { user_id: string; email: string }[] = await (await call('GET', '/v1/orgs/acme-labs/members')).json();
  const { user_id } = members.find(({ email: address }) => address === bob.email) ?? { user_id: '' };
  await call('DELETE', `/v1/orgs/acme-labs/members/${user_id}`);
  await expect(bob.page.getByText('Your access to this organization has ended')).toBeVisible();
  await bob.page.getByRole('button', { name: 'Reconnect' }).click();
  await expect(bob.page.getByRole('region', { name: 'Terminal' }).getByText(/not a member/)).toBeVisible();
});

test('when the machine goes the terminal says so and the rows stay; the operator sees which one it was', async ({ browser }) => {
  const page = await operator(browser);
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  await page.getByRole('table', { name: 'Sandboxes' }).getByRole('link').first().click();
  await inTerminal(page);
  await page.getByRole('link', { name: 'Agents' }).click();
  await expect(page.getByRole('table', { name: 'Agents' })).toContainText('active');
  await expect(page.getByRole('meter', { name: 'CPUs of stand-in' })).toBeVisible();
  expect(await faultsOf(page, 'agents')).toEqual([]);
  await page.goBack();
  await expect(page.getByText('Connected')).toBeVisible();

  await product.stopAgent();
  await expect(page.getByText(/The machine of this sandbox does not answer any more|The sandbox has failed/)).toBeVisible();
  await page.goto(`${product.url}/admin/agents`);
  await expect(page.getByRole('table', { name: 'Agents' })).toContainText('draining');
  for (const screen of ['sandboxes', 'templates', 'volumes']) {
    await page.goto(`${product.url}/orgs/acme-labs/${screen}`);
    await expect(page.getByText('No machine is there to run sandboxes')).toBeVisible();
    expect(await faultsOf(page, `${screen}-outage`)).toEqual([]);
  }
  await page.goto(`${product.url}/orgs/acme-labs/sandboxes`);
  await expect(states(page, 'failed').first()).toBeVisible();
});
