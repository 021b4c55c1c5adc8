import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/db/embedded-postgres';

/** A PostgreSQL that one test stops and starts. */
export async function ownCluster() {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-fault-'));
  chmodSync(folder, 0o755);
  let server: EmbeddedPostgres = await startEmbeddedPostgres(folder);
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    server: () => server,
    stop: () => server.stop(),
    start: async () => {
      server = await startEmbeddedPostgres(folder);
    },
  };
}
