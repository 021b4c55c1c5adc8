import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { testDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox } from './drain-audit-outbox';
import { chdbFolder, foundOrg, record, testClickhouse } from './fixtures/audited-org';
import { drainByTwo, fillOutbox, seenOf } from './fixtures/backlog';
import { outboxBacklog } from './outbox-backlog';
import { verifyChain } from './verify-chain';

const EVENTS = 20_000;
vi.setConfig({ testTimeout: 180_000 });
beforeAll(testDatabase);
beforeAll(testClickhouse);

test('D14 what gathered while ClickHouse was away arrives once, in order and chained, by two drainers at once', async () => {
  const orgIds = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await closeClickhouse();
  await fillOutbox(orgIds, EVENTS);
  await expect(drainAuditOutbox()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  expect(await outboxBacklog()).toMatchObject({ waiting: EVENTS });
  await openClickhouseAt({ folder: chdbFolder });

  const draining = drainByTwo();
  // Meanwhile people go on.
  const { orgId, actor } = await foundOrg();
  for (let n = 0; n < 20; n++) await record(orgId, actor, 'token.created', String(n));
  const shipped = await draining;
  await drainAuditOutbox();
  expect(Math.min(...shipped)).toBeGreaterThan(0);
  expect(await outboxBacklog()).toMatchObject({ waiting: 0 });
  for (const id of orgIds) {
    const each = EVENTS / orgIds.length;
    expect(await seenOf(id)).toEqual({ events: each, different: each, last: each, inOrder: true });
    expect(await verifyChain(id)).toMatchObject({ intact: true, verified: each });
  }
  expect(await seenOf(orgId)).toMatchObject({ events: 20, last: 20 });
});
