import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessTokenOf, bearer, completeSignUp, newProfile, type Person } from '../support/person';
import { APP, demoProduct, INBOX } from './demo-product';

const FOLDER = 'screenshots';
const SLUG = 'acme-research';
const ORG = `${APP}/orgs/${SLUG}`;
const LOOKS = [
  { name: 'light', width: 1280, height: 800, scheme: 'light' },
  { name: 'dark', width: 1280, height: 800, scheme: 'dark' },
  { name: 'phone', width: 360, height: 740, scheme: 'light' },
] as const;
/** What README.md shows. */
const SHOWN: Record<string, string> = { 'members-light': 'docs/members.png', 'overview-light': 'docs/overview.png' };

const taken: string[] = [];

/** The screen that `open` leads to, in every look. */
async function shoot(page: Page, name: string, open: () => Promise<unknown>): Promise<void> {
  for (const { name: look, width, height, scheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await open();
    await page.waitForLoadState('networkidle');
    await page.mouse.move(0, 0);
    const file = `${name}-${look}.png`;
    await page.screenshot({ path: join(FOLDER, file) });
    taken.push(file);
  }
}

async function signUp(browser: Browser, email: string): Promise<Person> {
  const person = await newProfile(browser, email);
  await person.page.goto(`${APP}/signup`);
  await completeSignUp(person, INBOX);
  await person.page.getByRole('heading', { level: 1 }).first().waitFor();
  return person;
}

/** What an organization has after its first day. */
async function furnish(browser: Browser, ada: Person): Promise<{ openInvite: string; sandbox: string }> {
  const api = bearer(ada.context.request, await accessTokenOf(ada));
  const post = async (path: string, body: unknown) => (await api('POST', `${APP}/v1${path}`, body)).json();
  for (const [email, role] of [
    ['grace@acme.example', 'admin'],
    ['alan@acme.example', 'member'],
  ] as const) {
    const { token } = await post(`/orgs/${SLUG}/invites`, { email, role });
    const { page } = await signUp(browser, email);
    await page.goto(`${APP}/invite/${token}`);
    await page.getByRole('button', { name: /^Join/ }).click();
    await page.waitForURL(ORG);
  }
  const { token: openInvite } = await post(`/orgs/${SLUG}/invites`, { email: 'katherine@acme.example', role: 'member' });
  for (const label of ['ci', 'laptop of Ada', 'evaluation harness']) await post(`/orgs/${SLUG}/tokens`, { label });
  // The machine announces itself a moment after the product is ready.
  await expect.poll(async () => (await api('GET', `${APP}/v1/sandboxes`)).status()).toBe(200);
  for (const metadata of [{ purpose: 'evaluation' }, { purpose: 'notebook', person: 'grace' }]) {
    await post('/sandboxes', { template: 'code-interpreter', metadata, persistent: true });
  }
  const { id } = await post('/sandboxes', { template: 'base', metadata: { purpose: 'demo' }, persistent: true });
  return { openInvite, sandbox: id };
}

test('every screen', async ({ browser }) => {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER);
  const product = await demoProduct();
  try {
    await product.start();
    const ada = await signUp(browser, 'ada@acme.example');
    await product.stop();
    await product.addMonth(SLUG);
    await product.start();
    const { openInvite, sandbox } = await furnish(browser, ada);
    await shootStrangers(browser, openInvite);
    await shootOrg(ada.page, sandbox);
  } finally {
    await product.remove();
  }
  for (const [name, path] of Object.entries(SHOWN)) await copyFile(join(FOLDER, `${name}.png`), path);
  await writeFile(join(FOLDER, 'index.html'), contactSheet());
});

async function shootStrangers(browser: Browser, openInvite: string): Promise<void> {
  const { page } = await newProfile(browser);
  const pages = {
    login: '/login',
    'login-session-ended': '/login?reason=session_ended',
    signup: '/signup',
    forgot: '/auth/forgot',
    'link-too-late': '/auth/error?reason=expired',
    invite: `/invite/${openInvite}`,
    'invite-unknown': '/invite/nobody-knows-this-one',
  };
  for (const [name, path] of Object.entries(pages)) await shoot(page, name, () => page.goto(APP + path));
  const newcomer = await signUp(browser, 'katherine@acme.example');
  await shoot(newcomer.page, 'no-organization', () => newcomer.page.goto(APP));
  await shoot(newcomer.page, 'invite-signed-in', () => newcomer.page.goto(`${APP}/invite/${openInvite}`));
  await shoot(newcomer.page, 'not-found', () => newcomer.page.goto(`${APP}/orgs/nobody`));
}

async function shootOrg(page: Page, sandbox: string): Promise<void> {
  const tabs = ['', '/terminal', '/files', '/logs', '/events', '/metrics'];
  const paths = ['', '/sandboxes', '/templates', '/snapshots', '/volumes', '/observability', '/usage', '/members', '/tokens'];
  for (const path of [...paths, '/audit', '/settings', ...tabs.map((tab) => `/sandboxes/${sandbox}${tab}`)]) {
    const name = path.slice(1).replace(sandbox, 'one').replaceAll('/', '-') || 'overview';
    await shoot(page, name, () => page.goto(ORG + path));
  }
  for (const path of ['/account', '/account/security', '/account/sessions', '/orgs/new', '/admin/doctor', '/admin/agents', '/docs']) {
    await shoot(page, path.slice(1).replaceAll('/', '-'), () => page.goto(APP + path));
  }
  const dialogs: [name: string, path: string, button: string][] = [
    ['dialog-invite', '/members', 'Invite people'],
    ['dialog-token', '/tokens', 'New token'],
    ['dialog-sandbox', '/sandboxes', 'New sandbox'],
  ];
  for (const [name, path, button] of dialogs) {
    await shoot(page, name, async () => {
      await page.goto(ORG + path);
      await page.getByRole('button', { name: button }).click();
    });
  }
  await shoot(page, 'palette', async () => {
    await page.goto(ORG);
    await page.getByRole('button', { name: 'Search' }).filter({ visible: true }).click();
    await page.getByRole('combobox').waitFor();
  });
  await shoot(page, 'keyboard-shortcuts', async () => {
    await page.goto(ORG);
    await page.getByRole('button', { name: 'Search' }).filter({ visible: true }).isEnabled();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  });
}

/** All pictures on one page, a row each screen. */
function contactSheet(): string {
  const figures = taken.map((file) => `<figure><a href="${file}"><img src="${file}" loading="lazy"></a><figcaption>${file}</figcaption></figure>`);
  const style = 'body{font:13px system-ui;display:flex;flex-wrap:wrap;gap:16px}img{height:320px;border:1px solid #ccc}figure{margin:0}';
  return `<!doctype html><title>Every screen</title><style>${style}</style>${figures.join('\n')}\n`;
}
