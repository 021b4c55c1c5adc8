import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { selectRows } from '@/db/select-rows';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { flushRequests, type RequestRow, recordRequest, requestLogStatistics } from './request-log';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

async function rowsOf(requestId: string): Promise<Omit<RequestRow, 'ts'>[]> {
  await flushRequests();
  const columns = 'workspace_id, request_id, method, route, status, duration_ms, actor_id, ip, user_agent';
  return selectRows(`SELECT ${columns} FROM pandastack.http_requests WHERE request_id = {id:String}`, { id: requestId }, 10);
}

/** Calls with a request id of its own and returns the rows that it left. */
async function traced(call: (headers: Record<string, string>) => Promise<unknown>, headers: Record<string, string> = {}) {
  const id = `trace-${randomUUID()}`;
  await call({ 'x-request-id': id, ...headers });
  return rowsOf(id);
}

test('a request leaves one row with its pattern, its person and its org', async () => {
  const owner = await newOwner(project);
  const rows = await traced((headers) => owner.call('GET', `/v1/orgs/${owner.org.slug}`, undefined, headers), {
    'user-agent': 'curl/8',
  });
  expect(rows).toEqual([
    {
      workspace_id: owner.org.id,
      request_id: expect.any(String),
      method: 'GET',
      route: '/v1/orgs/{org}',
      status: 200,
      duration_ms: expect.any(Number),
      actor_id: owner.userId,
      ip: '',
      user_agent: 'curl/8',
    },
  ]);
});

test('an API token is named by its id and belongs to its org whatever it asks for', async () => {
  const owner = await newOwner(project);
  const { body: token } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' });
  const [row] = await traced((headers) => callAs(token.token)('GET', '/v1/me', undefined, headers));
  expect(row).toMatchObject({ actor_id: `token:${token.id}`, workspace_id: owner.org.id, route: '/v1/me' });
});

test('a refused credential leaves a row too, of nobody and no org', async () => {
  const [row] = await traced((headers) => callAs('nonsense')('GET', '/v1/me', undefined, headers));
  expect(row).toMatchObject({ status: 401, actor_id: '', workspace_id: '' });
});

test('an outsider leaves no row in the org they ask for', async () => {
  const owner = await newOwner(project);
  const [row] = await traced((headers) => newPerson(project).call('GET', `/v1/orgs/${owner.org.id}`, undefined, headers));
  expect(row).toMatchObject({ status: 404, workspace_id: '' });
});

test('a member who may not leaves a row of status 403', async () => {
  const owner = await newOwner(project);
  const member = newPerson(project);
  await join(owner, member);
  const [row] = await traced((headers) => member.call('GET', `/v1/orgs/${owner.org.id}/audit-log`, undefined, headers));
  expect(row).toMatchObject({ status: 403, actor_id: member.userId });
});

test('no secret of a path or a header is written', async () => {
  const secret = randomUUID().replaceAll('-', '');
  const [row] = await traced((headers) => callAs(null)('GET', `/v1/invites/${secret}`, undefined, headers), {
    'user-agent': `bot pds_${secret} token=${secret}`,
  });
  expect(row?.route).toBe('/v1/invites/{token}');
  expect(JSON.stringify(row)).not.toContain(secret);
});

test('a path that does not exist is written by its catch-all alone', async () => {
  const [row] = await traced((headers) => callAs(null)('GET', '/v1/nonsense/at/all', undefined, headers));
  expect(row).toMatchObject({ route: '/v1/{rest}', status: 404 });
});

const ROW: RequestRow = {
  ts: Date.now(),
  workspace_id: '',
  request_id: 'bounded',
  method: 'GET',
  route: '/v1/me',
  status: 200,
  duration_ms: 1,
  actor_id: '',
  ip: '',
  user_agent: '',
};

test('requests that come while rows are written wait for the next second: one insert for all, not one for each', async () => {
  await flushRequests();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const client = await clickhouse();
  const written: number[] = [];
  const slow = Promise.withResolvers<void>();
  const insert = vi.spyOn(client, 'insert').mockImplementation(async ({ values }) => {
    written.push((values as unknown[]).length);
    await slow.promise;
    return { executed: true, query_id: '', response_headers: {} } as never;
  });
  onTestFinished(() => {
    insert.mockRestore();
    vi.useRealTimers();
  });
  recordRequest(ROW);
  await vi.advanceTimersByTimeAsync(1_000);
  for (let i = 0; i < 3; i++) recordRequest(ROW);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual([1]);
  slow.resolve();
  await vi.advanceTimersByTimeAsync(999);
  expect(written).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([1, 3]);
});

test('rows beyond the bound are counted and let go, and nothing fails', async () => {
  await flushRequests();
  const before = requestLogStatistics();
  for (let i = 0; i < 50_007; i++) recordRequest(ROW);
  expect(requestLogStatistics()).toMatchObject({ waiting: 50_000, dropped: before.dropped + 7 });
  await flushRequests();
  expect(requestLogStatistics()).toMatchObject({ waiting: 0, written: before.written + 50_000 });
});
