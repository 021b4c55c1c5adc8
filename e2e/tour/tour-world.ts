import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { withConnection } from '@/db/postgres';
import { newAccount, type OwnAccount } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { cookieChunks } from '../support/session-cookies';

const PLACE = 14;
const ORG = 'acme-research';
const DEMO = ['--import', 'tsx', join('dev', 'demo', 'main.ts'), '--org', ORG];
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/** Ada owns the org and operates the server, Grace is an admin, Alan a member; Kurt is invited, Emmy belongs nowhere. */
export const PEOPLE = ['ada', 'grace', 'alan', 'kurt', 'emmy'] as const;
export type Somebody = (typeof PEOPLE)[number];
/** `stranger`: nobody has signed in. */
export type Visitor = Somebody | 'stranger';

/** Secrets of invites, by the state each is in. */
export type Invites = Record<'open' | 'expired' | 'revoked' | 'declined' | 'used', string>;

export interface TourWorld {
  product: OwnProduct;
  org: string;
  invites: Invites;
  /** Of a sandbox that runs, and of one that has ended. */
  sandboxes: { running: string; ended: string };
  /** A page of its own for each look, so that nothing of the one before is left. */
  pageOf(visitor: Visitor): Promise<Page>;
  /** Nobody has set the server up before this. */
  settle(): Promise<void>;
  loseClickhouse(): Promise<void>;
  stop(): Promise<void>;
}

/** A server as nobody has used it yet; `settle` gives it a team and its month. */
export async function startTour(browser: Browser): Promise<TourWorld> {
  let product = await startOwnProduct({ place: PLACE });
  const accounts = new Map<Somebody, OwnAccount>();
  const contexts = new Map<Visitor, BrowserContext>();
  for (const name of PEOPLE) accounts.set(name, await newAccount(product, `${name}@acme.example`));
  const world: TourWorld = {
    product,
    org: `${product.url}/orgs/${ORG}`,
    invites: { open: '', expired: '', revoked: '', declined: '', used: '' },
    sandboxes: { running: '', ended: '' },
    pageOf: async (visitor) => {
      const context = contexts.get(visitor) ?? (await newContext(browser, product, accounts.get(visitor as Somebody)));
      contexts.set(visitor, context);
      return context.newPage();
    },
    settle: async () => {
      world.invites = await foundTeam(product, accounts);
      await restart({}, () => promisify(execFile)(process.execPath, DEMO, { env: demoEnvironment(product) }));
      world.sandboxes = await startSandboxes(need(accounts, 'ada'));
    },
    loseClickhouse: () => restart({ PANDASTACK_CLICKHOUSE_URL: NOWHERE }),
    stop: async () => {
      for (const context of contexts.values()) await context.close();
      await product.stop();
    },
  };

  /** With the same data; the built-in ClickHouse lets one process in, so the demo comes in between. */
  async function restart(env: Record<string, string>, meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
    await product.stop();
    await meanwhile();
    product = await startOwnProduct({ place: PLACE, agent: true, env });
    world.product = product;
  }
  return world;
}

async function newContext(browser: Browser, product: OwnProduct, account: OwnAccount | undefined): Promise<BrowserContext> {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  if (account) {
    const name = account.cookie().split(/[.=]/)[0] ?? '';
    const chunks = cookieChunks(name, account.session);
    await context.addCookies(chunks.map((chunk) => ({ ...chunk, url: product.url, sameSite: 'Lax' as const })));
  }
  return context;
}

function demoEnvironment({ dataDir }: OwnProduct): NodeJS.ProcessEnv {
  return { ...process.env, PANDASTACK_DATA_DIR: dataDir };
}

function need(accounts: Map<Somebody, OwnAccount>, name: Somebody): OwnAccount {
  const account = accounts.get(name);
  if (!account) throw new Error(`no account of ${name}`);
  return account;
}

/** An org with people, tokens and an invite in each of its states. */
async function foundTeam(product: OwnProduct, accounts: Map<Somebody, OwnAccount>): Promise<Invites> {
  const ada = need(accounts, 'ada');
  const ask = async (account: OwnAccount, method: string, path: string, body?: unknown) => {
    const answer = await account.api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const invite = (email: string, role = 'member') => ask(ada, 'POST', `/orgs/${ORG}/invites`, { email, role });
  const secretOf = async (email: string) => (await invite(email)).token ?? '';
  const { id } = await ask(ada, 'POST', '/setup', { code: product.setupCode, name: 'Acme Research' });
  await ask(ada, 'POST', '/orgs', { name: 'Panda Labs' });
  await ask(ada, 'POST', '/me/current-org', { org_id: id });
  let used = '';
  for (const [name, role] of [
    ['grace', 'admin'],
    ['alan', 'member'],
  ] as const) {
    used = (await invite(`${name}@acme.example`, role)).token ?? '';
    await ask(need(accounts, name), 'POST', `/orgs/invites/${used}/accept`);
  }
  const kurt = need(accounts, 'kurt');
  const declined = await secretOf(kurt.email);
  await ask(kurt, 'POST', `/orgs/invites/${declined}/decline`);
  const open = await secretOf(kurt.email);
  const revoked = await invite('rosa@acme.example');
  await ask(ada, 'DELETE', `/orgs/${ORG}/invites/${revoked.id}`);
  const expired = await secretOf('hedy@acme.example');
  await letExpire(product.dataDir);
  await addTokens((path, body) => ask(ada, 'POST', path, body));
  return { open, expired, revoked: revoked.token ?? '', declined, used };
}

/** What only time does to an invite: Hedy's. */
async function letExpire(dataDir: string): Promise<void> {
  const { url } = await startEmbeddedPostgres(dataDir);
  await withConnection(url, async (database) => {
    await database.execute(sql`update org_invites set expires_at = now() - interval '1 day' where email = 'hedy@acme.example'`);
  });
}

async function addTokens(post: (path: string, body: object) => Promise<Record<string, string>>): Promise<void> {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const tokens = `/orgs/${ORG}/tokens`;
  await post(tokens, { label: 'laptop' });
  await post(tokens, { label: 'nightly-evaluation', expires_at: days(3) });
  const ci = await post(tokens, { label: 'ci-runner', role: 'admin', expires_at: days(90) });
  await post(`${tokens}/${ci.id}/rotate`, { overlap_seconds: 7 * 86_400 });
}

async function startSandboxes(ada: OwnAccount): Promise<TourWorld['sandboxes']> {
  const made: string[] = [];
  for (const [template, purpose] of SANDBOXES) {
    const { status, body } = await ada.api('POST', '/sandboxes', { template, metadata: { purpose }, persistent: true });
    if (status >= 300) throw new Error(`no sandbox: ${status} ${JSON.stringify(body)}`);
    made.push(body.id ?? '');
  }
  const [running = '', second, third, ended = ''] = made;
  const note = 'echo "loss 0.0312" > results.txt; mkdir -p data; echo ready';
  await ada.api('POST', `/sandboxes/${running}/exec`, { cmd: note });
  await ada.api('POST', `/sandboxes/${second}/pause`);
  await ada.api('POST', `/sandboxes/${third}/hibernate`);
  await ada.api('POST', `/sandboxes/${running}/snapshots`, {});
  await ada.api('DELETE', `/sandboxes/${ended}`);
  await ada.api('POST', '/volumes', { name: 'cache', size_mb: 1024 });
  return { running, ended };
}

const SANDBOXES = [
  ['code-interpreter', 'evaluation'],
  ['ubuntu-24.04', 'crawler'],
  ['code-interpreter', 'notebook'],
  ['ubuntu-24.04', 'build'],
] as const;
