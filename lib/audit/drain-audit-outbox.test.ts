import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { closeClickhouse, openClickhouseAt } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { claimEvents } from './claim-events';
import { drainAuditOutbox, kickAuditDrainer, startAuditDrainer } from './drain-audit-outbox';
import { outboxBacklog } from './outbox-backlog';

/** A ClickHouse server as it looks over HTTP; `fault` answers everything while it is set. */
interface FakeServer {
  http: Server;
  fault: { status: number; body: string } | undefined;
  /** Refuses every insert that carries this text, as a server does that cannot read a row. */
  poison: string | undefined;
  /** How long it takes over an insert; Infinity: it never answers. */
  delayMs: number;
  inserted: Record<string, unknown>[];
}

let server: FakeServer;
let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  return () => project.close();
});
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
  ['does not have the columns', { status: 404, body: 'Code: 60. DB::Exception: Unknown table. (UNKNOWN_TABLE)' }],
  ['is a web page', { status: 502, body: '<html>Bad gateway</html>' }],
])('D13 events survive a ClickHouse that %s, and leave when it is well', async (_, fault) => {
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

test('a stream of changes is shipped in few inserts, not in one each', async () => {
  const drainer = startAuditDrainer();
  const passes: number[] = [];
  const began = Date.now();
  while (Date.now() - began < 1_500) {
    await putEvent();
    kickAuditDrainer();
    if (server.inserted.length !== passes.at(-1)) passes.push(server.inserted.length);
  }
  await drainer.stop();
  // Empty, the first at once, and at most one a second after it; a quick machine fills more than one batch of a thousand.
  expect(passes.length).toBeLessThanOrEqual(3 + (Date.now() - began) / 1_000 + server.inserted.length / 1_000);
});

test('a drainer that is stopped while ClickHouse is away ends at once and keeps the events', async () => {
  server.fault = { status: 500, body: 'no' };
  await putEvent();
  await startAuditDrainer().stop();
  expect(await db().select().from(auditOutbox)).toHaveLength(1);
});

test('one event that ClickHouse cannot read stays behind alone, and is tried again an hour later', async () => {
  const good = await Promise.all(Array.from({ length: 6 }, () => putEvent()));
  const bad = await putEvent('poison');
  const late = await putEvent();
  server.poison = 'poison';
  expect(await drainAuditOutbox()).toBe(7);
  expect(server.inserted.map((row) => row.event_id).sort()).toEqual([...good, late].sort());
  const [row] = await db().select().from(auditOutbox);
  expect(row).toMatchObject({ id: bad, attempts: 1, refusedAt: expect.any(Date) });
  expect(await drainAuditOutbox()).toBe(0);
  expect(await outboxBacklog()).toMatchObject({ waiting: 1, refused: 1 });

  server.poison = undefined;
  await db().update(auditOutbox).set({ refusedAt: sql`now() - interval '61 minutes'` });
  expect(await drainAuditOutbox()).toBe(1);
  expect(server.inserted.at(-1)).toMatchObject({ event_id: bad, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('when ClickHouse can read nothing at all, it is not the events: all of them wait', async () => {
  await putEvent('poison');
  await putEvent('poison');
  server.poison = 'poison';
  await expect(drainAuditOutbox()).rejects.toThrow(/Cannot parse/);
  expect((await db().select().from(auditOutbox)).map((row) => [row.refusedAt, row.claimedUntil])).toEqual([
    [null, null],
    [null, null],
  ]);
});

test('D12 while ClickHouse does not answer, no transaction is open and the pool is free', async () => {
  await putEvent();
  server.delayMs = Number.POSITIVE_INFINITY;
  const pass = drainAuditOutbox().catch(() => 'failed');
  await vi.waitUntil(async () => (await db().select().from(auditOutbox))[0]?.claimedUntil);
  const busy = await db().execute(sql`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`);
  expect(busy[0]).toEqual({ n: 0 });
  expect(await drainElsewhere()).toBe(0);
  server.http.closeAllConnections();
  expect(await pass).toBe('failed');
});

test('an event whose drainer died in the middle is taken again when its claim has run out', async () => {
  const id = await putEvent();
  expect(await claimEvents(10)).toHaveLength(1);
  expect(await drainAuditOutbox()).toBe(0);
  await db().update(auditOutbox).set({ claimedUntil: sql`now() - interval '1 second'` });
  expect(await drainAuditOutbox()).toBe(1);
  expect(server.inserted.map((row) => [row.event_id, row.seq])).toEqual([[id, 1]]);
});

test('D16 a change whose event cannot be stored does not happen', async () => {
  const owner = await newOwner(project);
  const path = `/v1/orgs/${owner.org.id}`;
  const { name } = (await owner.call('GET', path)).body;
  await db().delete(auditOutbox);
  await db().execute(sql`alter table audit_outbox add constraint full_disk check (false)`);
  expect((await owner.call('PATCH', path, { name: 'New name' })).status).toBe(500);
  await db().execute(sql`alter table audit_outbox drop constraint full_disk`);
  expect((await owner.call('GET', path)).body.name).toBe(name);
});

/** As another process would: it has no part in the queue of this one. */
function drainElsewhere(): Promise<number> {
  globalThis.__pandastackAuditPass = undefined;
  return drainAuditOutbox();
}

async function putEvent(action = 'org.renamed'): Promise<string> {
  const id = randomUUID();
  await db().insert(auditOutbox).values({ id, orgId: randomUUID(), payload: { action } });
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
      if (fake.delayMs === Number.POSITIVE_INFINITY) return;
      if (fake.poison && body.includes(fake.poison)) {
        const unreadable =
          "Code: 27. DB::Exception: Cannot parse input: expected '\"' before: … (CANNOT_PARSE_INPUT_ASSERTION_FAILED)";
        response.writeHead(400, { 'x-clickhouse-exception-code': '27' }).end(unreadable);
        return;
      }
      fake.inserted.push(
        ...body
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    }
    response.end();
  });
  const fake: FakeServer = { http, fault: undefined, poison: undefined, delayMs: 0, inserted: [] };
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return fake;
}
