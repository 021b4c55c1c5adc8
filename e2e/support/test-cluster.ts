import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { migrateDatabaseAt, withConnection } from '@/db/postgres';
import { databaseUrl, TEMPLATE } from './database-url';

/** One PostgreSQL for the whole run, with a migrated database that every test file copies. */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-test-'));
  chmodSync(folder, 0o755);
  // Nothing here outlives the run, so nothing has to reach the disk.
  const server = await startEmbeddedPostgres(folder, { fsync: 'off', full_page_writes: 'off', max_connections: '200' });
  await withConnection(server.url, (database) => database.execute(sql.raw(`create database ${TEMPLATE}`)));
  await migrateDatabaseAt(databaseUrl(server.url, TEMPLATE));
  project.provide('clusterUrl', server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    clusterUrl: string;
  }
}
