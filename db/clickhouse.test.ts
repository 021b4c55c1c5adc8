import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, afterEach, expect, test } from 'vitest';
import { clickhouse, closeClickhouse, embeddedClickhouseFolder, openClickhouseAt, pingClickhouse } from './clickhouse';

const folder = mkdtempSync(join(tmpdir(), 'pandastack-chdb-'));
afterEach(closeClickhouse);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// First, while this process has not loaded chDB for another test.
test.runIf(process.platform === 'linux')('with a server chDB is never loaded', async () => {
  await openClickhouseAt({ url: 'http://127.0.0.1:9' });
  await expect(clickhouse()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  expect(embeddedClickhouseFolder()).toBeNull();
  expect(readFileSync('/proc/self/maps', 'utf8')).not.toContain('libchdb');
});

test('the tables are there after the start, with their partitions and lifetimes, and a second start changes nothing', async () => {
  await openClickhouseAt({ folder });
  const first = await tables();
  expect(first).toEqual([
    { name: 'audit_log', partition_key: 'toYYYYMM(ts)', sorting_key: 'workspace_id, ts, event_id', days: '365' },
    { name: 'boot_events', partition_key: 'toYYYYMM(ts)', sorting_key: 'workspace_id, sandbox_id, ts', days: '90' },
    { name: 'http_requests', partition_key: 'toYYYYMMDD(ts)', sorting_key: 'workspace_id, route, ts', days: '30' },
    { name: 'sandbox_events', partition_key: 'toYYYYMMDD(ts)', sorting_key: 'workspace_id, sandbox_id, ts', days: '90' },
    { name: 'sandbox_metrics', partition_key: 'toYYYYMMDD(ts)', sorting_key: 'workspace_id, sandbox_id, ts', days: '90' },
    { name: 'schema_migrations', partition_key: '', sorting_key: 'version', days: '' },
  ]);
  await closeClickhouse();
  await openClickhouseAt({ folder });
  expect(await tables()).toEqual(first);
  expect(await rows('SELECT version, name FROM pandastack.schema_migrations ORDER BY version')).toEqual([
    { version: 1, name: 'observability_tables' },
    { version: 2, name: 'audit_chain' },
  ]);
  await pingClickhouse(5_000);
});

test('a second process is told that the folder is open already, and can have it afterwards', async () => {
  await openClickhouseAt({ folder });
  expect(await openElsewhere()).toContain(`cannot open ${folder}. One process may have it open`);
  await closeClickhouse();
  expect(await openElsewhere()).toContain('opened');
});

async function tables(): Promise<unknown[]> {
  return rows(`SELECT name, partition_key, sorting_key, extract(create_table_query, 'toIntervalDay\\\\((\\\\d+)\\\\)') AS days
    FROM system.tables WHERE database = 'pandastack' ORDER BY name`);
}

async function rows(query: string): Promise<unknown[]> {
  const result = await (await clickhouse()).query({ query, format: 'JSONEachRow' });
  return result.json();
}

async function openElsewhere(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'db/fixtures/open-chdb.ts', folder]);
  return stdout;
}
