import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { drainAuditOutbox, startAuditDrainer } from './drain-audit-outbox';

/** A ClickHouse server as it looks over HTTP; `fault` answers everything while it is set. */
interface FakeServer {
  http: Server;
  fault: { status: number; body: string } | undefined;
  inserted: Record<string, unknown>[];
}

let server: FakeServer;
beforeAll(testDatabase);
beforeEach(async () => {
  server = await startFakeServer();
  await openClickhouseAt({ url: `http://127.0.0.1:${(server.http.address() as AddressInfo).port}` });
});
afterEach(async () => {
  await closeClickhouse();
  server.http.close();
  await db().delete(auditOutbox);
});

test.each([
  ['is overloaded', { status: 500, body: 'Code: 252. DB::Exception: Too many parts. (TOO_MANY_PARTS)' }],
  ['refuses the password', { status: 403, body: 'Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)' }],
  ['is a web page', { status: 502, body: '<html>Bad gateway</html>' }],
])('events survive a ClickHouse that %s, and leave when it is well', async (_, fault) => {
  const id = await putEvent();
  server.fault = fault;
  await expect(drainAuditOutbox()).rejects.toThrow();
  expect((await db().select().from(auditOutbox)).map((row) => [row.id, row.attempts])).toEqual([[id, 1]]);
  server.fault = undefined;
  expect(await drainAuditOutbox()).toBe(1);
  expect(server.inserted.map((row) => row.event_id)).toEqual([id]);
});

test('the drainer goes on by itself after an outage', async () => {
  server.fault = { status: 500, body: 'no' };
  await putEvent();
  const drainer = startAuditDrainer();
  await vi.waitUntil(async () => (await db().select().from(auditOutbox))[0]?.attempts, { timeout: 5_000 });
  server.fault = undefined;
  await vi.waitUntil(() => server.inserted.length === 1, { timeout: 10_000 });
  await drainer.stop();
});

test('a drainer that is stopped while ClickHouse is away ends at once and keeps the events', async () => {
  server.fault = { status: 500, body: 'no' };
  await putEvent();
  await startAuditDrainer().stop();
  expect(await db().select().from(auditOutbox)).toHaveLength(1);
});

async function putEvent(): Promise<string> {
  const id = randomUUID();
  await db()
    .insert(auditOutbox)
    .values({ id, orgId: randomUUID(), payload: { action: 'org.renamed' } });
  return id;
}

async function startFakeServer(): Promise<FakeServer> {
  const http = createServer(async (request, response) => {
    const body = await text(request);
    if (fake.fault) {
      response.writeHead(fake.fault.status).end(fake.fault.body);
      return;
    }
    const query = new URL(request.url ?? '', 'http://fake').searchParams.get('query') ?? '';
    if (query.startsWith('INSERT INTO pandastack.audit_log')) {
      fake.inserted.push(
        ...body
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    }
    response.end();
  });
  const fake: FakeServer = { http, fault: undefined, inserted: [] };
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return fake;
}
