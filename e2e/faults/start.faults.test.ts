import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import journal from '@/drizzle/meta/_journal.json';
import { emptyDatabase } from '@/e2e/support/test-database';
import { ownProject, roundsOr, startOn } from './support/faulty-world';

const EXIT_CONFIG = 78;

async function ownDatabase() {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  return url;
}

it.each([2, 8])('P05 %i processes that start at once on an empty database all serve, and one of them migrates', async (many) => {
  const project = await ownProject();
  for (let round = 0; round < roundsOr(1); round++) {
    const url = await ownDatabase();
    const replicas = Array.from({ length: many }, () => startOn(url, project));
    const bases = await Promise.all(replicas.map(({ ready }) => ready));
    const probes = await Promise.all(bases.map((base) => fetch(`${base}/readyz`)));
    expect(probes.map(({ status }) => status)).toEqual(bases.map(() => 200));
    const [migrated] = await withConnection(url, (database) =>
      database.execute(sql`select count(*)::int as times from drizzle.__drizzle_migrations`),
    );
    expect(migrated).toEqual({ times: journal.entries.length });
    await Promise.all(replicas.map(({ stop }) => stop()));
    expect(await Promise.all(replicas.map(({ exited }) => exited))).toEqual(replicas.map(() => 0));
  }
});

it('B18 P08 a process refuses a database that a newer build has migrated, by its variable and without its address', async () => {
  const project = await ownProject();
  const url = await ownDatabase();
  const first = startOn(url, project);
  await first.ready;
  await first.stop();
  await withConnection(url, (database) =>
    database.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at)
      select 'newer', max(created_at) + 1 from drizzle.__drizzle_migrations`),
  );
  const older = startOn(url, project);
  expect(await older.exited).toBe(EXIT_CONFIG);
  expect(older.errors().join('\n')).toMatch(/PANDASTACK_DATABASE_URL\s+names a database that a newer build/);
  expect(older.errors().join('\n')).not.toContain(url);
});

it('B12 a process ends with the configuration exit code on a database that is not there, and on a role that is not', async () => {
  const project = await ownProject();
  const url = new URL(await ownDatabase());
  const nowhere = new URL(url);
  nowhere.pathname = '/nowhere';
  const nobody = new URL(url);
  nobody.username = 'nobody_here';
  const [absent, refused] = [startOn(nowhere.href, project), startOn(nobody.href, project)];
  expect([await absent.exited, await refused.exited]).toEqual([EXIT_CONFIG, EXIT_CONFIG]);
  expect(absent.errors().join('\n')).toMatch(/PANDASTACK_DATABASE_URL\s+names a database that is not there/);
  expect(refused.errors().join('\n')).toMatch(/PANDASTACK_DATABASE_URL\s+names a role that the server does not let in/);
});

it('B20 a port that is taken is named', async () => {
  const project = await ownProject();
  const first = startOn(await ownDatabase(), project);
  const { port } = new URL(await first.ready);
  const second = startOn(await ownDatabase(), project, { PORT: port });
  expect(await second.exited).toBe(1);
  expect(second.errors().join('\n')).toContain(`PORT: ${port} is taken by another program`);
});
