import { get } from 'node:http';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import { migratedDatabase } from '@/e2e/support/test-database';
import type { Answer } from '@/e2e/support/test-people';
import { ownProject, personAt, runOn, until } from './support/faulty-world';
import { halfSent } from './support/half-sent';
import { recordingClickhouse } from './support/recording-clickhouse';

const PAGES = 4;
const UPLOADS = 41;
const BLOCKED = 8;

it('P01 a process told to end says so to probes, answers its 50 requests whole and writes their log before it goes', async () => {
  const project = await ownProject();
  const database = await migratedDatabase();
  onTestFinished(database.drop);
  const clickhouse = await recordingClickhouse(PAGES);
  const { url, kill, exited } = await runOn(database.url, project, { PANDASTACK_CLICKHOUSE_URL: clickhouse.url });
  const newcomer = () => personAt(url, project);
  const owner = newcomer();
  const { body: org } = await owner.call('POST', '/v1/orgs', { name: 'Exporting' });

  const uploads = await Promise.all(Array.from({ length: UPLOADS }, () => halfSent(url, newcomer())));
  const csv = await fetch(`${url}/v1/orgs/${org.id}/audit-log`, {
    headers: { authorization: `Bearer ${owner.token}`, accept: 'text/csv' },
  });
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const lock = withConnection(database.url, (direct) =>
    direct.transaction(async (tx) => {
      await tx.execute(sql`lock table orgs in exclusive mode`);
      locked.resolve();
      await release.promise;
    }),
  );
  await locked.promise;
  const blocked = Array.from({ length: BLOCKED }, () => newcomer().call('POST', '/v1/orgs', { name: 'Blocked' }));
  await until(
    ({ body }) => body.waiting >= BLOCKED,
    () => waitingForLocks(database.url),
  );

  kill('SIGTERM');
  const toldAt = performance.now();
  while ((await freshProbe(url)) === 200);
  // Told over connections of their own, after the signal was taken.
  expect([await freshProbe(url), await freshProbe(url)]).toEqual([503, 503]);
  release.resolve();
  await lock;
  const answers = [...uploads.map(({ finish }) => finish()), ...blocked.map(async (answer) => (await answer).status)];
  expect(await Promise.all(answers)).toEqual(answers.map(() => 201));
  expect((await csv.text()).trimEnd().split('\n').length).toBe(1 + PAGES * 5_000);
  expect(await exited).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(20_000);
  const logged = clickhouse.inserted('http_requests').filter((line) => line.includes('"status":201'));
  expect(logged.length).toBe(1 + UPLOADS + BLOCKED);
  await expect(freshProbe(url)).rejects.toThrow('ECONNREFUSED');
});

/** What /readyz answers over a new connection; rejects when it is refused. */
function freshProbe(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${url}/readyz`, { agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', reject);
  });
}

async function waitingForLocks(url: string): Promise<Answer> {
  const [row] = await withConnection(url, (direct) =>
    direct.execute(
      sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  );
  return { status: 200, body: row, headers: new Headers() };
}
