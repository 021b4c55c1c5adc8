import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { inject } from 'vitest';
import { closeDatabase, openDatabaseAt, withConnection } from '@/db/postgres';
import { databaseUrl, TEMPLATE } from './database-url';

/**
 * Opens db() on a fresh, migrated database of this test file. For `beforeAll(testDatabase)`: vitest runs the returned
 * function after the file's last test.
 */
export async function testDatabase(): Promise<() => Promise<void>> {
  const { url, drop } = await migratedDatabase();
  await openDatabaseAt(url);
  return async () => {
    await closeDatabase();
    await drop();
  };
}

/** A migrated database that other processes open too. */
export async function migratedDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  return createDatabase(TEMPLATE);
}

/** A database nobody has touched, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const cluster = inject('clusterUrl');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const run = (statement: string) => withConnection(cluster, (database) => database.execute(sql.raw(statement)));
  await run(`create database ${name} template ${template}`);
  return {
    url: databaseUrl(cluster, name),
    drop: async () => {
      await run(`drop database ${name} with (force)`);
    },
  };
}
