import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { type Answer, newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { drainAuditOutbox } from './drain-audit-outbox';
import { testClickhouse } from './fixtures/audited-org';

type Owner = Person & { org: { id: string } };

let project: TestProject;
let [ours, theirs]: Owner[] = [];
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
  [ours, theirs] = [await newOwner(project), await newOwner(project)];
  await drainAuditOutbox();
});
afterAll(() => project.close());

const ask = (query: Record<string, string> | string, who = ours as Owner): Promise<Answer> =>
  who.call('GET', `/v1/orgs/${who.org.id}/audit-log?${new URLSearchParams(query)}`);

const INJECTIONS = [
  "' OR 1=1 --",
  "\\' OR workspace_id != '",
  "' UNION ALL SELECT * FROM system.users --",
  "x'; DROP TABLE pandastack.audit_log; --",
  "' OR '1'='1' /**/ --",
  "') OR (workspace_id <> ''",
  '1) FORMAT TabSeparated',
  "' FORMAT RawBLOB --",
  "' INTO OUTFILE '/tmp/audit' --",
  '{org:String}',
  '{actor:Identifier}',
  '{param:Identifier}',
  "' OR workspace_id IN (SELECT workspace_id FROM remote('127.0.0.1', pandastack.audit_log)) --",
  "url('http://169.254.169.254/', CSV, 'a String')",
  "file('/etc/passwd', LineAsString)",
  "' SETTINGS readonly=0 --",
  '\\N',
  '\\0',
  '\\x27 OR 1=1',
  'ʼ OR 1=1',
  '%27%20OR%201=1',
  '_%',
  '*',
  'null',
];

describe('N12 a filter of the audit log', () => {
  test.each(INJECTIONS)('that says %j is compared as text', async (text) => {
    const before = [await tableChecksum(), await countRows()];
    for (const filter of ['actor', 'target']) {
      const { status, body } = await ask({ [filter]: text });
      expect([filter, status, body.items, body.next_cursor]).toEqual([filter, 200, [], null]);
    }
    for (const filter of ['action', 'from', 'to', 'limit', 'cursor']) {
      const { status, body } = await ask({ [filter]: text });
      expect([filter, status, body.code]).toEqual([filter, 400, 'validation_failed']);
      expect(JSON.stringify(body)).not.toMatch(/DB::|ClickHouse|SELECT|pandastack\./);
    }
    expect([await tableChecksum(), await countRows()]).toEqual(before);
  });

  test.each(['order', 'order_by', 'format', 'settings', 'workspace_id', 'org', 'org_id', 'param_org', 'query', 'database'])(
    'called %s does not exist',
    async (name) => {
      const { status, body } = await ask({ [name]: (theirs as Owner).org.id });
      expect([status, body.code]).toEqual([400, 'validation_failed']);
    },
  );

  test('I10 given twice, or as a list, is refused', async () => {
    for (const query of ['actor=a&actor=b', 'actor[]=a', 'actor[$ne]=', 'cursor=&cursor=']) {
      expect([query, (await ask(query)).status]).toEqual([query, 400]);
    }
  });

  test('finds no row of another org by its own ids', async () => {
    const [first] = (await ask({}, theirs)).body.items;
    for (const query of [`actor=${first.actor_id}`, `target=${first.target_id}`, `target=${(theirs as Owner).org.id}`]) {
      expect((await ask(query)).body.items).toEqual([]);
    }
    expect((await ask({ actor: first.actor_id }, theirs)).body.items).toHaveLength(1);
  });

  test('I09 takes no cursor of another org, and none of its own that was altered', async () => {
    const { call, org } = ours as Owner;
    await call('PATCH', `/v1/orgs/${org.id}`, { name: 'Renamed' });
    await (theirs as Owner).call('PATCH', `/v1/orgs/${(theirs as Owner).org.id}`, { name: 'Renamed' });
    await drainAuditOutbox();
    const cursor: string = (await ask({ limit: '1' })).body.next_cursor;
    const foreign: string = (await ask({ limit: '1' }, theirs)).body.next_cursor;
    for (const wrong of [foreign, `${cursor}x`, cursor.slice(1), cursor.toUpperCase()]) {
      expect([wrong, (await ask({ cursor: wrong })).status]).toEqual([wrong, 400]);
    }
    expect((await ask({ cursor })).body.items).toHaveLength(1);
  });
});

describe('N18 a time', () => {
  test.each([
    'yesterday',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31 12:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-01-31T24:00:01Z',
    '2026-01-31T12:00:00+25:00',
    '2026-01-31T12:00:00+0100',
    '2026-01-31T12:00:00 Europe/Berlin',
    '2026-01-31T12:00:00.123456789Z',
    '1926-01-31T12:00:00Z',
    '2126-01-31T12:00:00Z',
    '+012026-01-31T12:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '1769860800',
    'NaN',
  ])('of %s is none', async (time) => {
    for (const filter of ['from', 'to']) {
      const { status, body } = await ask({ [filter]: time });
      expect([status, body.code, body.fields?.[0]?.path]).toEqual([400, 'validation_failed', filter]);
    }
    expect((await ask({ from: time, to: time })).status).toBe(400);
  });

  test('N18 may be given to the microsecond and in any zone', async () => {
    for (const from of [
      '2026-01-31T12:00:00.123456+00:00',
      '2026-01-31T12:00:00-11:00',
      '2026-01-31T12:00:00.1Z',
      '1970-01-01T00:00:00Z',
    ]) {
      expect([from, (await ask({ from })).status]).toEqual([from, 200]);
    }
  });

  test('N18 range that is inverted, empty or of a century is refused', async () => {
    const at = '2026-01-31T12:00:00Z';
    for (const [from, to] of [
      [at, '2026-01-31T11:59:59Z'],
      [at, at],
      ['1970-01-01T00:00:00Z', '2070-01-01T00:00:00Z'],
      ['2010-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ] as const) {
      const { status, body } = await ask({ from, to });
      expect([from, status, body.fields?.[0]?.path]).toEqual([from, 400, 'to']);
    }
  });
});

test('N26 fifty questions of one org at once leave room for the others', async () => {
  const flood = Array.from({ length: 50 }, () => ask({}));
  const other = await ask({}, theirs);
  expect(other.status).toBe(200);
  const answers = await Promise.all(flood);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(10);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, body, headers } of refused) {
    expect([status, body.code, headers.get('retry-after')]).toEqual([429, 'rate_limited', '1']);
  }
  expect((await ask({})).status).toBe(200);
});

async function countRows(): Promise<string> {
  const result = await (await clickhouse()).query({
    query: 'SELECT count() AS n FROM pandastack.audit_log',
    format: 'JSONEachRow',
  });
  return JSON.stringify(await result.json());
}
