import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { asDomainError } from '@/lib/errors';
import { db, type Transaction } from './postgres';

beforeAll(testDatabase);
beforeEach(async () => {
  await db().execute(sql`create table if not exists counters (name text primary key, value integer not null)`);
  await db().execute(sql`truncate counters`);
  await db().execute(sql`insert into counters values ('a', 0), ('b', 0)`);
});

const add = (tx: Transaction, name: string) => tx.execute(sql`update counters set value = value + 1 where name = ${name}`);
const values = async () =>
  (await db().execute<{ value: number }>(sql`select value from counters order by name`)).map((row) => row.value);
const raise = (code: string) => sql.raw(`do $$ begin raise exception 'made up' using errcode = '${code}'; end $$`);

/** Resolves for everybody once `parties` have come. */
function meeting(parties: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return async () => {
    if (++come >= parties) open();
    await all;
  };
}

test('D10 two transactions that lock each other out both happen, once each', async () => {
  const both = meeting(2);
  let tries = 0;
  const cross = (first: string, second: string) =>
    db().transaction(async (tx) => {
      tries++;
      await add(tx, first);
      await both();
      await add(tx, second);
    });
  await Promise.all([cross('a', 'b'), cross('b', 'a')]);
  expect(await values()).toEqual([2, 2]);
  expect(tries).toBe(3);
});

test.each(['40001', '40P01'])('D10 SQLSTATE %s is tried three times again, then told as an outage that passes', async (code) => {
  let tries = 0;
  const conflict = db().transaction(async (tx) => {
    tries++;
    await add(tx, 'a');
    await tx.execute(raise(code));
  });
  const error = await conflict.catch((thrown: unknown) => asDomainError(thrown));
  expect(error).toMatchObject({ code: 'dependency_unavailable', status: 503 });
  expect([tries, await values()]).toEqual([4, [0, 0]]);
});

test('any other failure is told at once', async () => {
  let tries = 0;
  const failing = db().transaction(async (tx) => {
    tries++;
    await tx.execute(raise('23514'));
  });
  await expect(failing).rejects.toThrow();
  expect(tries).toBe(1);
});
