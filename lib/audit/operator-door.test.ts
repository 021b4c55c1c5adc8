import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { testDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox } from './drain-audit-outbox';
import { chdbFolder, foundOrg, record, testClickhouse } from './fixtures/audited-org';
import { openOperatorDoor, verifyThroughDoor } from './operator-door';

beforeAll(testDatabase);
beforeAll(testClickhouse);
const folder = mkdtempSync(join(tmpdir(), 'pandastack-door-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a command has the running process verify a chain, through a door that only its own user may open', async () => {
  const { orgId, actor } = await foundOrg();
  await record(orgId, actor, 'org.renamed');
  await drainAuditOutbox();
  expect(await verifyThroughDoor(folder, orgId)).toBeUndefined();
  const close = await openOperatorDoor(folder);
  expect(statSync(join(folder, 'operator.sock')).mode & 0o777).toBe(0o600);
  expect(await verifyThroughDoor(folder, orgId)).toMatchObject({ org_id: orgId, intact: true, verified: 1, head: { seq: 1 } });
  close();
  expect(await verifyThroughDoor(folder, orgId)).toBeUndefined();
});

test('a door that a killed process left behind is replaced, and a folder with a long name has one too', async () => {
  const deep = join(folder, 'x'.repeat(120));
  for (const place of [folder, deep]) {
    await openOperatorDoor(place);
    const close = await openOperatorDoor(place);
    const { orgId } = await foundOrg();
    expect(await verifyThroughDoor(place, orgId)).toMatchObject({ intact: true, verified: 0 });
    close();
  }
});

test('an outage is told as one, and not as a broken chain', async () => {
  const { orgId } = await foundOrg();
  const close = await openOperatorDoor(folder);
  await closeClickhouse();
  await expect(verifyThroughDoor(folder, orgId)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await openClickhouseAt({ folder: chdbFolder });
  close();
});
