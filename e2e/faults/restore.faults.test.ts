import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import { callAt } from '@/e2e/races/support/two-replicas';
import { migratedDatabase } from '@/e2e/support/test-database';
import { restoreBackup } from '@/lib/backup/restore-backup';
import { writeBackup } from '@/lib/backup/write-backup';
import { ownProject, personAt, runOn } from './support/faulty-world';

it('D29 nothing is restored over a database while a process serves from it; once that was killed it is, and a new one serves on', async () => {
  const project = await ownProject();
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'all.gz');
  const replica = await runOn(url, project);
  const ada = personAt(replica.url, project);
  expect((await ada.call('POST', '/v1/orgs', { name: 'Kept', slug: 'kept' })).status).toBe(201);
  await withConnection(url, (database) => writeBackup(database, file));
  expect((await ada.call('POST', '/v1/orgs', { name: 'Lost', slug: 'lost' })).status).toBe(201);

  const restore = () => withConnection(url, (database) => restoreBackup(database, file, { replace: true }));
  await expect(restore()).rejects.toThrow('A server is running on this database');
  expect((await ada.call('GET', '/v1/orgs/lost')).status).toBe(200);
  replica.kill('SIGKILL');
  await replica.exited;
  // Postgres notices that a client is gone when it next reads from it, which is at once.
  await expect
    .poll(() =>
      restore().then(
        ({ tables }) => tables > 0,
        () => false,
      ),
    )
    .toBe(true);
  const next = await runOn(url, project);
  const her = callAt(() => next.url, ada.token);
  expect((await her('GET', '/v1/orgs')).body.map(({ slug }: { slug: string }) => slug)).toEqual(['kept']);
});
