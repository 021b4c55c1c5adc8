import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { closeDatabase, db, openDatabaseAt } from '@/db/postgres';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { migratedDatabase } from '@/e2e/support/test-database';
import type { Answer, Person } from '@/e2e/support/test-people';
import type { TestProject } from '@/e2e/support/test-project';
import { ownProject, personAt, probeOf, roundsOr, runOn, until } from './support/faulty-world';
import { ownCluster } from './support/own-cluster';
import { type OwnServer, ownServer } from './support/own-server';
import { recordingClickhouse } from './support/recording-clickhouse';
import { hasOpenssl, selfSigned } from './support/self-signed';

/** This side gives up after 5 s; the rest is a slow machine's. */
const ANSWER_MS = 15_000;
const FAILURES_TO_OPEN = 5;
/** Not so often that the limit of it is met. */
const RETRY_MS = 250;
const OUTAGE = { status: 503, body: { code: 'auth_provider_unavailable' } };

it('D17 without the auth server a valid token is answered as ever, and what needs a fresh look at the account changes nothing', async () => {
  const project = await ownProject();
  const auth = await troubledAuth(project);
  const { ada, orgId } = await founder(project, auth.settings);
  const before = await tableChecksum();
  await auth.server.stop();
  expect((await ada.call('GET', '/v1/me')).status).toBe(200);
  expect((await ada.call('GET', `/v1/orgs/${orgId}`)).status).toBe(200);
  for (const [method, path, body] of sensitive(orgId)) expectOutage(await ada.call(method, path, body));
  expect(await tableChecksum()).toBe(before);
  await auth.server.start();
  await untilItWorks(ada, orgId);
});

const html = (status: number) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>We will be back soon</h1>');
const json = (status: number) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code: status, msg: 'no' }));

it.each<[string, RequestListener]>([
  ['that is silent', () => {}],
  ['that has had too many requests', json(429)],
  ['that is broken', json(500)],
  ['behind a gateway with nobody behind it', html(502)],
  ['that is maintained, and says so with 503', html(503)],
  ['that is maintained, and says so with 200', html(200)],
  ['behind a portal that forbids', html(403)],
])('D18 an auth server %s is told as an outage, in bounded time, and nobody is signed out', async (_title, fault) => {
  const project = await ownProject();
  const auth = await troubledAuth(project);
  const { ada, orgId } = await founder(project, auth.settings);
  const before = await tableChecksum();
  auth.become(fault);
  const startedAt = performance.now();
  expectOutage(await ada.call('POST', `/v1/orgs/${orgId}/tokens`, { label: 'late' }));
  expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);
  expect((await ada.call('GET', '/v1/me')).status).toBe(200);
  expect(await tableChecksum()).toBe(before);
  auth.become(null);
  await untilItWorks(ada, orgId);
});

it('D18 an auth server that nobody can find, by its name', async () => {
  const project = await ownProject();
  const wrong = { SUPABASE_URL: 'http://pandastack.invalid', SUPABASE_ISSUER: project.issuer };
  const { ada } = await runningWith(project, wrong);
  expectOutage(await ada.call('POST', '/v1/orgs', { name: 'Late' }));
});

// Skipped without openssl: Node reads certificates and makes none.
it.skipIf(!hasOpenssl())('D18 an auth server whose certificate is over, though somebody vouches for it', async () => {
  const project = await ownProject();
  const { certFile, ...tls } = selfSigned(-1);
  const { url } = await ownServer(passingOn(project), tls);
  const trust = { NODE_EXTRA_CA_CERTS: certFile, PANDASTACK_LOG_LEVEL: 'warn' };
  const { ada, errors } = await runningWith(project, { ...trust, SUPABASE_URL: url, SUPABASE_ISSUER: project.issuer });
  expectOutage(await ada.call('POST', '/v1/orgs', { name: 'Late' }));
  expect(errors().join('\n')).toContain('certificate has expired');
});

it('D18 after five silences nobody waits for the next one; a single request tries again, and when it is answered all are', async () => {
  const project = await ownProject();
  const auth = await troubledAuth(project);
  const { ada, orgId } = await founder(project, auth.settings);
  const mint = () => ada.call('POST', `/v1/orgs/${orgId}/tokens`, { label: 'late' });
  auth.become(() => {});
  for (const answer of await Promise.all(Array.from({ length: FAILURES_TO_OPEN }, mint))) expectOutage(answer);
  const asked = auth.asked();
  for (const answer of await Promise.all(Array.from({ length: 20 }, mint))) expectOutage(answer);
  // At most one of the twenty came late enough to try.
  expect(auth.asked() - asked).toBeLessThanOrEqual(1);
  auth.become(null);
  await untilItWorks(ada, orgId);
  expect((await Promise.all(Array.from({ length: 5 }, mint))).map(({ status }) => status)).toEqual(Array(5).fill(201));
});

it('D28 everything it depends on goes away and comes back, and it serves again without anybody doing anything', async () => {
  const project = await ownProject();
  const [cluster, clickhouse, auth] = [await ownCluster(), await recordingClickhouse(), await troubledAuth(project)];
  const settings = { ...auth.settings, PANDASTACK_CLICKHOUSE_URL: clickhouse.url };
  const { url } = await runOn(cluster.server().url, project, settings);
  const probe = probeOf(url);
  const ada = personAt(url, project);
  const found = () => ada.call('POST', '/v1/orgs', { name: 'Founded' });
  const became = (status: string) =>
    until(
      ({ body }) => body?.status === status,
      () => probe('/readyz'),
    );
  expect((await found()).status).toBe(201);
  await became('ready');

  await Promise.all([cluster.stop(), clickhouse.stop(), auth.server.stop()]);
  await became('unavailable');
  const over = performance.now() + roundsOr(3) * 1_000;
  while (performance.now() < over) {
    expect((await probe('/healthz')).status).toBe(200);
    expect((await found()).status).toBe(503);
    await pause(50);
  }
  await Promise.all([cluster.start(), clickhouse.start(), auth.server.start()]);
  await became('ready');
  await until(({ status }) => status === 201, found);
  await expect.poll(() => clickhouse.inserted('audit_log').length, { timeout: 90_000 }).toBe(2);
});

function expectOutage({ status, body, headers }: Answer): void {
  expect({ status, body }).toMatchObject(OUTAGE);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

/** What a stale token must not do. */
function sensitive(orgId: string): [string, string, unknown?][] {
  return [
    ['POST', `/v1/orgs/${orgId}/tokens`, { label: 'late' }],
    ['POST', `/v1/orgs/${orgId}/invites`, { email: 'guest@example.com' }],
    ['POST', '/v1/orgs', { name: 'Late' }],
    ['DELETE', `/v1/orgs/${orgId}`, { confirm: 'standing' }],
  ];
}

function untilItWorks(ada: Person, orgId: string): Promise<number> {
  return until(
    ({ status }) => status === 201,
    async () => {
      await pause(RETRY_MS);
      return ada.call('POST', `/v1/orgs/${orgId}/tokens`, { label: 'after' });
    },
  );
}

async function runningWith(project: TestProject, settings: Record<string, string>) {
  const database = await migratedDatabase();
  onTestFinished(database.drop);
  const { url, errors } = await runOn(database.url, project, settings);
  return { database, ada: personAt(url, project), errors };
}

/** A person with an org whose events have left, and db() on their database. */
async function founder(project: TestProject, settings: Record<string, string>) {
  const clickhouse = await recordingClickhouse();
  const { database, ada } = await runningWith(project, { ...settings, PANDASTACK_CLICKHOUSE_URL: clickhouse.url });
  await openDatabaseAt(database.url);
  onTestFinished(closeDatabase);
  const { body: org } = await ada.call('POST', '/v1/orgs', { name: 'Standing', slug: 'standing' });
  await expect.poll(async () => (await db().execute(sql`select id from audit_outbox`)).length, { timeout: 30_000 }).toBe(0);
  return { ada, orgId: String(org.id) };
}

interface TroubledAuth {
  server: OwnServer;
  /** The project through it. */
  settings: Record<string, string>;
  /** What it does from now on instead of passing requests on. */
  become: (fault: RequestListener | null) => void;
  /** Requests it has had. */
  asked: () => number;
}

/** Stands between a process and the auth server of a project. */
async function troubledAuth(project: TestProject): Promise<TroubledAuth> {
  let fault: RequestListener | null = null;
  let asked = 0;
  const pass = passingOn(project);
  const server = await ownServer((request, response) => {
    asked++;
    (fault ?? pass)(request, response);
  });
  const become = (next: RequestListener | null) => {
    fault = next;
  };
  return { server, settings: { SUPABASE_URL: server.url, SUPABASE_ISSUER: project.issuer }, become, asked: () => asked };
}

function passingOn(project: TestProject): RequestListener {
  return async ({ url, headers }, response) => {
    const { authorization = '' } = headers;
    const answer = await fetch(project.url + url, { headers: { authorization } });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
}
