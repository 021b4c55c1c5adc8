import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { closesEarly } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';

let world: GatewayWorld;
let agent: ScriptedAgent;
let agentId: string;
let owner: Owner;
beforeAll(async () => {
  world = await startGatewayWorld();
  agent = await startScriptedAgent();
  agentId = await enlist({ url: agent.url });
});
afterAll(async () => {
  await agent.close();
  await world.close();
});
beforeEach(async () => {
  agent.arrivals.length = 0;
  makes(201);
  owner = await world.owner();
});

const arrivedOrders = () => agent.arrivals.filter(({ method }) => method === 'POST').length;

function makes(status: number): void {
  agent.answer((_request, response, { method }) => {
    const body = method === 'POST' ? { id: randomUUID(), children: [randomUUID()] } : [];
    response.writeHead(method === 'POST' ? status : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

async function order(path: string, key: string, body: unknown = {}, credential = owner.apiToken) {
  const answer = await world.send(credential, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  const told = (await answer.json()) as { id?: string; code?: string; error?: string };
  return { status: answer.status, ...told, replayed: answer.headers.get('idempotent-replayed') };
}

describe('an order under one Idempotency-Key', () => {
  test.each(['/v1/sandboxes', '/v1/volumes', '/v1/sandboxes/{sandbox}/fork', '/v1/sandboxes/{sandbox}/promote'])(
    'is carried out once: POST %s',
    async (pattern) => {
      const sandbox = await holdSandbox({ agentId, workspace: owner.org.id });
      const path = pattern.replace('{sandbox}', sandbox);
      const body = pattern === '/v1/volumes' ? { name: `v-${randomUUID()}` } : {};
      const key = randomUUID();
      const first = await order(path, key, body);
      const again = await order(path, key, body);
      expect([first.status, first.replayed]).toEqual([201, null]);
      expect(again).toEqual({ ...first, replayed: 'true' });
      expect(arrivedOrders()).toBe(1);
      const events = await db().execute(
        sql`select 1 from audit_outbox where org_id = ${owner.org.id} and payload->>'target_type' in ('sandbox', 'volume')`,
      );
      expect(events).toHaveLength(1);
    },
  );

  test('is another order of somebody else, and refused for another order of the same sender', async () => {
    const key = randomUUID();
    const other = await world.owner();
    const first = await order('/v1/sandboxes', key);
    expect((await order('/v1/sandboxes', key, {}, other.apiToken)).id).not.toBe(first.id);
    expect(await order('/v1/sandboxes', key, { template: 'other' })).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    });
    expect(arrivedOrders()).toBe(2);
  });

  test('may be sent again after a machine refused it, or it was not an order at all', async () => {
    const key = randomUUID();
    makes(409);
    expect((await order('/v1/sandboxes', key)).status).toBe(409);
    makes(201);
    expect(await order('/v1/sandboxes', key)).toMatchObject({ status: 201, replayed: null });
    const unread = randomUUID();
    expect((await order('/v1/sandboxes', unread, { count: 1, Template: 'x' })).code).toBe('validation_failed');
    expect((await order('/v1/sandboxes', unread)).status).toBe(201);
  });

  test('stays taken when nobody knows whether the machine carried it out', async () => {
    const key = randomUUID();
    agent.answer(closesEarly);
    expect(await order('/v1/sandboxes', key)).toMatchObject({ status: 502, code: 'agent_unreachable' });
    makes(201);
    expect(await order('/v1/sandboxes', key)).toMatchObject({ status: 409, code: 'request_in_progress' });
    expect(arrivedOrders()).toBe(1);
  });

  test('is told to be running for as long as a machine may take, and is not sent under a new key meanwhile', async () => {
    const key = randomUUID();
    const answered = Promise.withResolvers<void>();
    agent.answer(async (_request, response) => {
      await answered.promise;
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: randomUUID() }));
    });
    const first = order('/v1/sandboxes', key);
    await vi.waitFor(() => expect(arrivedOrders()).toBe(1));
    await db().execute(sql`update idempotency_keys set created_at = created_at - interval '5 minutes'`);
    const meanwhile = await order('/v1/sandboxes', key);
    expect(meanwhile).toMatchObject({
      status: 409,
      code: 'request_in_progress',
      error: expect.stringContaining('still running'),
    });
    answered.resolve();
    const { status, id } = await first;
    expect(status).toBe(201);
    expect(await order('/v1/sandboxes', key)).toMatchObject({ id, replayed: 'true' });
  });

  test('runs once however many send it at one time', async () => {
    const key = randomUUID();
    const all = await Promise.all(Array.from({ length: 8 }, () => order('/v1/sandboxes', key)));
    expect(arrivedOrders()).toBe(1);
    expect(all.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect(all.every(({ status, code }) => status === 201 || code === 'request_in_progress')).toBe(true);
  });

  test('is refused before anything is done when the key could be anybody’s', async () => {
    expect(await order('/v1/sandboxes', 'short')).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(arrivedOrders()).toBe(0);
  });
});
