import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import { startDatabaseProxy } from '@/e2e/support/database-proxy';
import { migratedDatabase } from '@/e2e/support/test-database';
import type { Answer } from '@/e2e/support/test-people';
import { ownProject, personAt, probeOf, roundsOr, runOn, startOn, until } from './support/faulty-world';
import { ownCluster } from './support/own-cluster';

const RECOVERY_MS = 5_000;
/** The server ends a statement after 10 s, this side gives up 2 s later; the rest is a slow machine's. */
const ANSWER_MS = 25_000;

it('D01 waits for a Postgres that is away at the start: alive, not ready, then ready without a restart', async () => {
  const project = await ownProject();
  const cluster = await ownCluster();
  const { url } = cluster.server();
  await cluster.stop();
  const port = await freePort();
  const replica = startOn(url, project, { PORT: String(port) });
  const probe = probeOf(`http://127.0.0.1:${port}`);

  await until(
    ({ status }) => status === 200,
    () => probe('/healthz'),
  );
  const { status, body } = await probe('/readyz');
  expect([status, body.status, body.checks.postgres.status]).toEqual([503, 'unavailable', 'unreachable']);
  const ada = personAt(`http://127.0.0.1:${port}`, project);
  expect(await ada.call('GET', '/v1/me')).toMatchObject({ status: 503, body: { code: 'dependency_unavailable' } });

  await cluster.start();
  expect(
    await until(
      (answer) => answer.status === 200,
      () => probe('/readyz'),
    ),
  ).toBeLessThan(RECOVERY_MS);
  await replica.ready;
  expect((await ada.call('GET', '/v1/me')).status).toBe(200);
});

it('D02 answers 503 while Postgres is down, never 401 or 404, and loses nothing that it acknowledged', async () => {
  const project = await ownProject();
  const cluster = await ownCluster();
  const { url } = await runOn(cluster.server().url, project);
  const probe = probeOf(url);
  const answers: Answer[] = [];
  let going = true;
  const traffic = Array.from({ length: 4 }, async () => {
    const person = personAt(url, project);
    const { body: org } = await person.call('POST', '/v1/orgs', { name: 'Standing' });
    while (going) {
      answers.push(await person.call('GET', `/v1/orgs/${org.id}`), await person.call('POST', '/v1/orgs', { name: 'Written' }));
    }
  });
  await until(
    () => answers.length > 8,
    () => probe('/healthz'),
  );
  await cluster.stop();
  await until(
    (answer) => answer.status === 503,
    () => probe('/readyz'),
  );
  expect((await probe('/healthz')).status).toBe(200);
  const seen = answers.length;
  await until(
    () => answers.length > seen + 8,
    () => probe('/healthz'),
  );
  await cluster.start();
  const recovered = await until(
    (answer) => answer.status === 200,
    () => probe('/readyz'),
  );
  going = false;
  await Promise.all(traffic);

  // Each founds orgs as fast as it can, so the limit of that may be met: it is no lie about the outage.
  const statuses = new Set(answers.map(({ status }) => status).filter((status) => status !== 429));
  expect([...statuses].toSorted()).toEqual([200, 201, 503]);
  expect(recovered).toBeLessThan(RECOVERY_MS);
  const written = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
  const found = await withConnection(cluster.server().url, (database) =>
    database.execute(sql`select id from orgs where id in ${written}`),
  );
  expect(found.length).toBe(written.length);
});

it('D02 serves on when connections are cut under it again and again, amid everybody’s queries', async () => {
  const project = await ownProject();
  const database = await migratedDatabase();
  const proxy = await startDatabaseProxy(database.url);
  onTestFinished(async () => {
    await proxy.close();
    await database.drop();
  });
  const { url } = await runOn(proxy.url, project);
  const people = Array.from({ length: 64 }, () => personAt(url, project));
  const statuses = new Set<number>();
  let going = true;
  const traffic = people.map(async ({ call }) => {
    while (going) {
      statuses.add((await call('GET', '/v1/me')).status);
      statuses.add((await call('POST', '/v1/orgs', { name: 'Cut' })).status);
    }
  });
  for (let cuts = 0; cuts < roundsOr(150); cuts++) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    proxy.cut();
  }
  going = false;
  await Promise.all(traffic);
  // Each founds orgs as fast as it can, so the limit of that is met.
  expect([...statuses].filter((status) => ![200, 201, 429, 503].includes(status))).toEqual([]);
  const [first] = people;
  expect(
    await until(
      ({ status }) => status === 200,
      () => first?.call('GET', '/v1/me') as Promise<Answer>,
    ),
  ).toBeLessThan(RECOVERY_MS);
});

it.each([
  ['D04 a Postgres that is 10 s late', (proxy: Proxy) => proxy.delayUpTo(100_000)],
  ['D06 a Postgres whose packets vanish', (proxy: Proxy) => proxy.blackhole(true)],
])('%s is answered 503 in bounded time, beside probes that answer, and is forgotten when it is over', async (_title, fault) => {
  const project = await ownProject();
  const database = await migratedDatabase();
  // Every piece waits a tenth of what was asked for.
  const proxy = await startDatabaseProxy(database.url, () => 0.1);
  onTestFinished(async () => {
    await proxy.close();
    await database.drop();
  });
  const { url } = await runOn(proxy.url, project);
  const ada = personAt(url, project);
  expect((await ada.call('GET', '/v1/me')).status).toBe(200);

  fault(proxy);
  const startedAt = performance.now();
  const asked = Array.from({ length: 30 }, () => ada.call('GET', '/v1/me'));
  const probe = probeOf(url);
  expect((await probe('/healthz')).status).toBe(200);
  expect((await probe('/readyz')).status).toBe(503);
  const answers = await Promise.all(asked);
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [503, 'dependency_unavailable']));
  expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);

  proxy.blackhole(false);
  proxy.delayUpTo(0);
  proxy.cut();
  expect(
    await until(
      (answer) => answer.status === 200,
      () => ada.call('GET', '/v1/me'),
    ),
  ).toBeLessThan(RECOVERY_MS);
});

it('D08 a Postgres that became read-only still answers what is asked, and writes are told to wait', async () => {
  const { url, run, cut } = await runningBehindProxy();
  const ada = personAt(url, run.project);
  const { body: org } = await ada.call('POST', '/v1/orgs', { name: 'Standing' });
  await run.sql(
    sql`do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`,
  );
  cut();
  await until(
    ({ status }) => status !== 201,
    () => ada.call('POST', '/v1/orgs', { name: 'Late' }),
  );
  expect(await ada.call('POST', '/v1/orgs', { name: 'Late' })).toMatchObject({
    status: 503,
    body: { code: 'dependency_unavailable' },
  });
  expect((await ada.call('GET', `/v1/orgs/${org.id}`)).status).toBe(200);
  await run.sql(
    sql`set transaction read write; do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$`,
  );
  cut();
  expect(
    await until(
      ({ status }) => status === 201,
      () => ada.call('POST', '/v1/orgs', { name: 'After' }),
    ),
  ).toBeLessThan(RECOVERY_MS);
});

it('D09 a full disk of Postgres stops writes alone, with its cause in the log, until there is space', async () => {
  const { url, run, errors } = await runningBehindProxy();
  const ada = personAt(url, run.project);
  const { body: org } = await ada.call('POST', '/v1/orgs', { name: 'Standing' });
  await run.sql(sql`create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  await run.sql(sql`create trigger full_disk before insert on orgs execute function full_disk()`);
  expect(await ada.call('POST', '/v1/orgs', { name: 'Late' })).toMatchObject({
    status: 503,
    body: { code: 'dependency_unavailable' },
  });
  expect((await ada.call('GET', `/v1/orgs/${org.id}`)).status).toBe(200);
  await expect.poll(() => errors().join('\n')).toMatch(/No space left on device/);
  await run.sql(sql`drop trigger full_disk on orgs`);
  expect((await ada.call('POST', '/v1/orgs', { name: 'After' })).status).toBe(201);
});

type Proxy = Awaited<ReturnType<typeof startDatabaseProxy>>;

/** A process behind a proxy; `sql` asks the database itself. */
async function runningBehindProxy() {
  const project = await ownProject();
  const database = await migratedDatabase();
  const proxy = await startDatabaseProxy(database.url);
  onTestFinished(async () => {
    await proxy.close();
    await database.drop();
  });
  const { url, errors } = await runOn(proxy.url, project);
  const ask = (query: ReturnType<typeof sql>) => withConnection(database.url, (direct) => direct.execute(query));
  return { url, errors, cut: proxy.cut, run: { project, sql: ask } };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
