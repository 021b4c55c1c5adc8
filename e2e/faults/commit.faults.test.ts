import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { type Database, migrateDatabaseAt, withConnection } from '@/db/postgres';
import journal from '@/drizzle/meta/_journal.json';
import { startDatabaseProxy } from '@/e2e/support/database-proxy';
import { emptyDatabase, migratedDatabase } from '@/e2e/support/test-database';
import { ownProject, personAt, runOn, startOn } from './support/faulty-world';

/** Any number that nobody else locks. */
const HELD = 4_711;
/** The one that db/migrate.ts takes. */
const MIGRATION_LOCK = 727_001;

it('D05 a connection that is lost while COMMIT is on its way: asking again under the same key makes nothing twice', async () => {
  const project = await ownProject();
  const database = await migratedDatabase();
  const proxy = await startDatabaseProxy(database.url);
  onTestFinished(async () => {
    await proxy.close();
    await database.drop();
  });
  const { url } = await runOn(proxy.url, project);
  const ada = personAt(url, project);
  const found = () => ada.call('POST', '/v1/orgs', { name: 'Once' }, { 'idempotency-key': 'found-it-once' });
  await withConnection(database.url, async (direct) => {
    // COMMIT itself waits, for a lock that is held here.
    await direct.execute(sql`create function wait_at_commit() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${sql.raw(String(HELD))}); return null; end $$`);
    await direct.execute(sql`create constraint trigger wait_at_commit after insert on orgs
      deferrable initially deferred for each row execute function wait_at_commit()`);
    await direct.execute(sql`select pg_advisory_lock(${sql.raw(String(HELD))})`);
    const first = found();
    await expect.poll(() => waiting(direct)).toBe(1);
    // The others work on: nothing but the key itself keeps the second try from running.
    proxy.cutWaiting();
    expect((await first).status).toBe(503);
    expect(await found()).toMatchObject({ status: 409, body: { code: 'request_in_progress' } });
    await direct.execute(sql`select pg_advisory_unlock(${sql.raw(String(HELD))})`);
    await expect.poll(async () => (await direct.execute(sql`select id from orgs`)).length).toBe(1);
    // Twice would be worse than not known: the key says that it was used.
    expect((await found()).status).toBe(409);
    expect((await direct.execute(sql`select id from orgs`)).length).toBe(1);
    expect((await direct.execute(sql`select id from audit_outbox where payload ->> 'action' = 'org.created'`)).length).toBe(1);
  });
});

it('P06 a process killed while it migrates leaves the lock and nothing half done; the next one migrates', async () => {
  const project = await ownProject();
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  await withConnection(url, async (direct) => {
    // The killed process holds the migration lock, and waits for this one amid its migrations.
    const locked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const blocking = withConnection(url, (other) =>
      other.transaction(async (tx) => {
        await tx.execute(sql`create table orgs (id int)`);
        locked.resolve();
        await release.promise;
        tx.rollback();
      }),
    ).catch(() => {});
    await locked.promise;
    const killed = startOn(url, project);
    await expect.poll(() => waiting(direct), { timeout: 30_000 }).toBe(1);
    const [holder] = await direct.execute(sql`select count(*)::int as locks from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database()) and objid = ${MIGRATION_LOCK} and granted`);
    expect(holder).toEqual({ locks: 1 });
    killed.kill('SIGKILL');
    await killed.exited;
    release.resolve();
    await blocking;
  });
  await startOn(url, project).ready;
  expect(await migrateDatabaseAt(url)).toBe(0);
  const [made] = await withConnection(url, (direct) =>
    direct.execute(sql`select count(*)::int as times from drizzle.__drizzle_migrations`),
  );
  expect(made).toEqual({ times: journal.entries.length });
});

async function waiting(direct: Database): Promise<unknown> {
  const [row] = await direct.execute(
    sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.waiting;
}
