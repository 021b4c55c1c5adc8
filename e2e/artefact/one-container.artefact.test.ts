import { globSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSecrets } from '@/lib/setup/generate-secrets';
import { RECIPE } from '../../dev/artefact/recipe';
import { shippedPackages } from '../../dev/build/bill-of-materials';
import { findLeaks } from '../../dev/build/refuse-leaks';
import type { AuthServerReady } from '../../dev/start/auth-server-child';
import type { Child } from '../../dev/start/child';
import { BUILD_ONLY } from '../../dev/supply-chain/build-only';
import { APP_PORT, AUTH_PORT } from '../support/stack';
import { type Container, startContainer, startProject } from './support/container';
import { callAs, mailsTo, signUp } from './support/people';
import { CONTAINED, callInside, newSandbox, type Sandbox } from './support/sandbox';
import { treeOf } from './support/tree';

const PORT = APP_PORT + 80;
const URL_ = `http://localhost:${PORT}`;
let sandbox: Sandbox;
let before: string[];
let project: Child<AuthServerReady>;
let env: Record<string, string>;
let container: Container;

beforeAll(async () => {
  sandbox = newSandbox();
  before = treeOf(sandbox.app);
  project = await startProject(URL_, AUTH_PORT + 80);
  const { url, anonKey, serviceRoleKey, jwtSecret, smtpUrl } = project.ready;
  env = {
    PORT: String(PORT),
    PANDASTACK_AUTH_MODE: 'supabase',
    PANDASTACK_DASHBOARD_URL: URL_,
    PANDASTACK_SIGNUP: 'open',
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SMTP_URL: smtpUrl,
    SUPABASE_URL: url,
    SUPABASE_ANON_KEY: anonKey,
    SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey,
    SUPABASE_JWT_SECRET: jwtSecret,
  };
  container = await startContainer(sandbox, URL_, env);
});
afterAll(async () => {
  await container?.stop();
  await project?.stop();
  sandbox?.remove();
});

const anybody = callAs(URL_, null);
const status = () => readFileSync(`/proc/${container.pid}/status`, 'utf8');

describe('P16 on a read-only file system, as a user without a name or rights', () => {
  test('it is alive, and ready with both stores, which it has migrated', async () => {
    expect(await anybody('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const { body } = await anybody('GET', '/readyz');
    expect(body).toMatchObject({ status: 'ready', checks: { postgres: { status: 'ok' }, clickhouse: { status: 'ok' } } });
  });

  test('it tells which build it is, and which tables that build wants', async () => {
    const { body } = await anybody('GET', '/version');
    const build = readFileSync(`${sandbox.app}/.next/BUILD_ID`, 'utf8');
    const [newest] = readdirSync(`${sandbox.app}/drizzle`)
      .filter((name) => name.endsWith('.sql'))
      .toSorted()
      .toReversed();
    expect(body).toEqual({ version: '0.1.0', build, schema: newest?.replace('.sql', '') });
  });

  test('the health check of the image finds it well', async () => {
    expect(await callInside(sandbox, RECIPE.healthcheck, { env, beside: container.pid })).toMatchObject({ code: 0, output: '' });
  });

  test('its pages come with their scripts, styles and pictures', async () => {
    const { status, body } = await anybody('GET', '/login');
    expect(status).toBe(200);
    const files = [...new Set([...String(body).matchAll(/(?:src|href)="(\/_next\/static\/[^"?]+)/g)].map(([, path]) => path))];
    expect(files.length).toBeGreaterThan(3);
    for (const file of [...files, '/icon.svg', '/vendor/api-reference.js'])
      expect((await anybody('GET', String(file))).status).toBe(200);
  });

  test('people sign up, found an organization, invite by mail and accept', async () => {
    const ada = await signUp(project.ready);
    const friend = await signUp(project.ready);
    expect((await anybody('GET', '/v1/me')).status).toBe(401);
    const asAda = callAs(URL_, ada.token);
    expect(await asAda('GET', '/v1/me')).toMatchObject({ status: 200, body: { email: ada.email } });
    const org = await asAda('POST', '/v1/orgs', { name: 'Acme' });
    expect(org.status).toBe(201);
    const invite = await asAda('POST', `/v1/orgs/${org.body.id}/invites`, { email: friend.email });
    expect(invite.status).toBe(201);
    expect((await mailsTo(project.ready, friend.email, /Acme/)).text).toContain(URL_);
    const accepted = await callAs(URL_, friend.token)('POST', `/v1/orgs/invites/${invite.body.token}/accept`);
    expect(accepted.status).toBe(200);
    expect((await asAda('GET', `/v1/orgs/${org.body.id}/members`)).body).toHaveLength(2);
  });

  test('its own commands work beside it', async () => {
    const call = (...args: string[]) => callInside(sandbox, ['node', 'cli.mjs', ...args], { env, beside: container.pid });
    expect(await call('--help')).toMatchObject({ code: 0, output: expect.stringContaining('audit') });
    expect(await call('keys', 'drop')).toMatchObject({ code: 0 });
    expect(await call('audit', 'verify')).toMatchObject({ code: 0, output: expect.stringContaining('intact') });
  });

  test('it ships no package under a licence that asks more of whoever ships it', () => {
    const packages = globSync('{.next/,}node_modules/{*,@*/*}', { cwd: sandbox.app }).map((path) =>
      path.replace(/^.*node_modules\//, ''),
    );
    expect(packages).toContain('next');
    expect(packages.filter((name) => BUILD_ONLY.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  test('it makes the secrets of a new installation before it has any configuration', async () => {
    const { code, output } = await callInside(sandbox, ['node', 'cli.mjs', 'generate-secrets'], { env: {} });
    expect(code).toBe(0);
    expect(output.trim().split('\n')).toHaveLength(Object.keys(generateSecrets()).length);
  });

  test('it says what it is made of: the packages that are shipped, with versions and licences, and no other', () => {
    const { metadata, components } = JSON.parse(readFileSync(`${sandbox.app}/sbom.cdx.json`, 'utf8'));
    expect(metadata.component).toMatchObject({ name: 'pandastack-control-plane', version: '0.1.0' });
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const told = components.map((one: { name: string; version: string }) => `${one.name}@${one.version}`);
    expect([...new Set(told)].toSorted()).toEqual([...shippedPackages(packages)].toSorted());
  });

  test.runIf(CONTAINED)('it holds no capability and can gain none', () => {
    expect(status()).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    for (const set of ['CapEff', 'CapPrm', 'CapBnd']) expect(status()).toMatch(new RegExp(`^${set}:\t0+$`, 'm'));
    expect(status()).toMatch(/^NoNewPrivs:\t1$/m);
    const root = readFileSync(`/proc/${container.pid}/mountinfo`, 'utf8').split('\n');
    expect(root.filter((line) => line.split(' ')[4] === '/').at(-1)).toMatch(/ \/ ro[, ]/);
  });

  test('B05 it carries no secret and no address of the machine that built it', () => {
    expect(findLeaks(sandbox.app)).toEqual([]);
    expect(before.filter((entry) => /(^|\/)\.env/.test(entry))).toEqual([]);
  });
});

describe('P18 as process number 1', () => {
  test.runIf(CONTAINED)('it leaves no dead child behind', async () => {
    expect(status()).toMatch(/^NSpid:\t\d+\t1$/m);
    const { output } = await callInside(sandbox, ['sh', '-c', 'cat /proc/[0-9]*/stat'], { env, beside: container.pid });
    expect(output).toMatch(/^1 \(\w+\) S 0 /m);
    expect(output).toMatch(/\(postgres\) S /);
    expect(output).not.toMatch(/\) Z /);
  });

  test('it ends in order when told to, and goes on with its data when started again', async () => {
    const person = await signUp(project.ready);
    const call = callAs(URL_, person.token);
    const org = await call('POST', '/v1/orgs', { name: 'Kept' });
    expect(await container.stop()).toBe(0);
    expect(container.output()).toContain('ended');
    container = await startContainer(sandbox, URL_, env);
    expect(await call('GET', `/v1/orgs/${org.body.id}`)).toMatchObject({ status: 200, body: { name: 'Kept' } });
  });

  test('P16 it wrote into its data folder, perhaps into /tmp, and nowhere else', async () => {
    expect(await container.stop()).toBe(0);
    expect(treeOf(sandbox.app)).toEqual(before);
    expect(readdirSync(sandbox.data)).toContain('postgres');
    container = await startContainer(sandbox, URL_, env);
  });

  test('told to start with a wrong configuration it says all of it and ends with 78', async () => {
    const wrong = {
      ...env,
      SUPABASE_ANON_KEY: env.SUPABASE_SERVICE_ROLE_KEY ?? '',
      NEXT_PUBLIC_EXTRA: env.SUPABASE_JWT_SECRET ?? '',
    };
    const { code, output } = await callInside(sandbox, RECIPE.command, { env: wrong });
    expect(code).toBe(78);
    for (const variable of ['SUPABASE_ANON_KEY', 'NEXT_PUBLIC_EXTRA']) expect(output).toContain(variable);
    expect(output).not.toContain(env.SUPABASE_JWT_SECRET);
  });
});

describe('without the embedded stores', () => {
  let slim: Sandbox;
  const url = `http://localhost:${PORT + 1}`;
  const own = () => ({ ...env, PORT: String(PORT + 1), PANDASTACK_DASHBOARD_URL: url });
  beforeAll(() => {
    slim = newSandbox({ without: RECIPE.embeddedStores });
  });
  afterAll(() => slim.remove());

  // Its database is the one that the other product runs beside itself: a server like any other to this one.
  test('it serves from servers, and a ClickHouse that is away does not keep it from starting', async () => {
    const database = `postgres://panda@localhost:5432/pandastack?host=${encodeURIComponent(`${sandbox.data}/postgres`)}`;
    const servers = { PANDASTACK_DATABASE_URL: database, PANDASTACK_CLICKHOUSE_URL: 'http://127.0.0.1:9' };
    const second = await startContainer(slim, url, { ...own(), ...servers });
    const { body } = await callAs(url, null)('GET', '/readyz');
    expect(body).toMatchObject({ status: 'degraded', checks: { postgres: { status: 'ok' } } });
    expect((await callAs(url, null)('GET', '/login')).status).toBe(200);
    const person = await signUp(project.ready);
    expect((await callAs(url, person.token)('GET', '/v1/me')).status).toBe(200);
    expect(await second.stop()).toBe(0);
    expect(readdirSync(slim.data)).toEqual([]);
  });

  test('and without a server it says which variable is missing', async () => {
    const { code, output } = await callInside(slim, RECIPE.command, { env: own() });
    expect(code).toBe(1);
    expect(output).toContain('PANDASTACK_DATABASE_URL');
  });
});
