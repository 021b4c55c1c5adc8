import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { db } from './postgres';
import { networkState, orgs } from './schema';

beforeAll(testDatabase);

test('a fresh database holds every table', async () => {
  expect(await db().select().from(orgs)).toEqual([]);
  expect(await db().select().from(networkState)).toEqual([{ id: 1, nextSubnet: 0, nextVsockCid: 3 }]);
});
