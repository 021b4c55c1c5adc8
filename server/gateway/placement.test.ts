import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { answersAfter, talksGarbage } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { forgetAgents } from '@/lib/gateway/list-agents';
import { forgetPlace } from '@/lib/gateway/locate-sandbox';
import { forgetPlacements } from '@/lib/gateway/place';

let world: GatewayWorld;
let owner: Owner;
const fleet: ScriptedAgent[] = [];
beforeAll(async () => {
  world = await startGatewayWorld({ PANDASTACK_REGION: 'eu' });
  fleet.push(await startScriptedAgent(), await startScriptedAgent(), await startScriptedAgent());
});
afterAll(async () => {
  await Promise.all(fleet.map((agent) => agent.close()));
  await world.close();
});
beforeEach(async () => {
  await db().execute(sql`truncate agents, leases, sandboxes, sandbox_creates, workspaces`);
  for (const agent of fleet) {
    agent.arrivals.length = 0;
    let made = 0;
    agent.answer((_request, response, arrival) => {
      const body = arrival.method === 'POST' ? { id: `s-${fleet.indexOf(agent)}-${process.hrtime.bigint()}-${made++}` } : [];
      response.writeHead(arrival.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }
  owner = await world.owner();
});

type Machine = Omit<Parameters<typeof enlist>[0], 'url'>;
async function fleetOf(...machines: Machine[]): Promise<string[]> {
  const ids = [];
  for (const [index, machine] of machines.entries())
    ids.push(await enlist({ url: fleet[index]?.url ?? '', region: 'eu', ...machine }));
  forgetAgents();
  forgetPlacements();
  return ids;
}

const create = (body: unknown = { template: 'base' }, headers = {}) =>
  world.send(owner.apiToken, '/v1/sandboxes', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const created = () => fleet.map(({ arrivals }) => arrivals.filter(({ method }) => method === 'POST').length);
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

describe('a new sandbox', () => {
  test.each<[string, Machine[], number[]]>([
    ['where most CPUs are free', [{ capacity: { cpu_used: 6 } }, { capacity: { cpu_used: 1 } }], [0, 1]],
    ['where more memory is free, of equals in CPU', [{ capacity: { memory_mb_used: 8_192 } }, {}], [0, 1]],
    [
      'where a snapshot is streamed, before a few more CPUs',
      [{ capacity: { cpu_used: 0 } }, { capacity: { cpu_used: 4, stream_restore_enabled: true } }],
      [0, 1],
    ],
    ['in the preferred region, however little room it has', [{ region: 'us' }, { capacity: { cpu_used: 7 } }], [0, 1]],
    ['elsewhere when the preferred region is full', [{ region: 'us' }, { capacity: { memory_mb_used: 16_384 } }], [1, 0]],
    ['on a machine that has promised more CPUs than it has, when there is no other', [{ capacity: { cpu_used: 20 } }], [1, 0]],
    ['nowhere on a machine that takes no work', [{ status: 'draining' }, { capacity: { cpu_used: 7 } }], [0, 1]],
    ['nowhere on a machine that fell silent', [{ silentSeconds: 31 }, { capacity: { cpu_used: 7 } }], [0, 1]],
    ['nowhere on a machine without memory', [{ capacity: { memory_mb_used: 16_384 } }, { capacity: { cpu_used: 7 } }], [0, 1]],
  ])('is placed %s', async (_where, machines, expected) => {
    await fleetOf(...machines);
    expect((await create()).status).toBe(201);
    expect(created().slice(0, 2)).toEqual(expected);
  });

  test('of many at once is spread, though no machine has told of the first yet', async () => {
    await fleetOf({}, {}, {});
    const answers = await Promise.all(Array.from({ length: 9 }, () => create()));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(Math.max(...created())).toBeLessThanOrEqual(6);
    await Promise.all(Array.from({ length: 9 }, () => create()));
    expect(Math.min(...created())).toBeGreaterThanOrEqual(3);
  });

  test('is answered 503 with a time to wait when no machine is there, or none has room', async () => {
    await fleetOf();
    const none = await create();
    expect(none.headers.get('retry-after')).toBe('5');
    expect(await codeOf(none)).toEqual([503, 'capacity_unavailable']);
    await fleetOf({ capacity: { memory_mb_used: 16_384 } });
    expect(await codeOf(await create())).toEqual([503, 'capacity_unavailable']);
  });

  test('goes to the next machine when the first cannot be reached, and to no other when it may have arrived', async () => {
    const gone = await startScriptedAgent();
    await gone.close();
    await enlist({ url: gone.url, region: 'eu', capacity: { cpu_total: 64 } });
    await fleetOf({});
    expect((await create()).status).toBe(201);
    expect(created()[0]).toBe(1);
    await db().execute(sql`truncate agents`);
    fleet[0]?.answer(talksGarbage);
    await fleetOf({ capacity: { cpu_total: 64 } }, {});
    expect(await codeOf(await create())).toEqual([502, 'agent_unreachable']);
    expect(created()[1]).toBe(0);
  });

  test('is found at once by everybody, before its machine has written of it', async () => {
    const [first = ''] = await fleetOf({});
    const { id } = (await (await create()).json()) as { id: string };
    const rows = await db().execute(
      sql`select agent_id, workspace_id, expires_at > now() as held from leases where sandbox_id = ${id}`,
    );
    expect([...rows]).toEqual([{ agent_id: first, workspace_id: owner.org.id, held: true }]);
    forgetPlace(id);
    expect((await world.send(owner.apiToken, `/v1/sandboxes/${id}`)).status).toBe(200);
  });

  test('is asked for in a body of JSON that is read whole, or not at all', async () => {
    await fleetOf({});
    const headers = { 'content-type': 'application/json' };
    const send = (body: string, more = {}) =>
      world.send(owner.apiToken, '/v1/sandboxes', { method: 'POST', headers: { ...headers, ...more }, body });
    expect(await codeOf(await send('{'))).toEqual([400, 'invalid_json']);
    expect(await codeOf(await send('[]'))).toEqual([400, 'validation_failed']);
    expect(await codeOf(await send('{}', { 'content-encoding': 'gzip' }))).toEqual([415, 'unsupported_media_type']);
    expect(await codeOf(await send(JSON.stringify({ metadata: { a: 'x'.repeat(1_100_000) } })))).toEqual([
      413,
      'payload_too_large',
    ]);
    expect(created()).toEqual([0, 0, 0]);
    expect((await send('')).status).toBe(201);
  });
});

describe('a sandbox that is there', () => {
  const ask = (id: string) => world.send(owner.apiToken, `/v1/sandboxes/${id}`);

  test('is asked for where its lease says, though the machine has fallen silent', async () => {
    const [, second = ''] = await fleetOf({}, { silentSeconds: 45 });
    const id = await holdSandbox({ agentId: second, workspace: owner.org.id });
    expect((await ask(id)).status).toBe(200);
    expect(fleet.map(({ arrivals }) => arrivals.length)).toEqual([0, 1, 0]);
  });

  test('follows its lease to another machine within two seconds', async () => {
    const [first = '', second = ''] = await fleetOf({}, {});
    const id = await holdSandbox({ agentId: first, workspace: owner.org.id });
    await ask(id);
    await db().execute(sql`update leases set agent_id = ${second} where sandbox_id = ${id}`);
    await expect
      .poll(async () => (await ask(id)) && fleet[1]?.arrivals.length, { timeout: 5_000, interval: 200 })
      .toBeGreaterThan(0);
  });

  test('is looked for again after its machine answered that it is not there', async () => {
    const [first = '', second = ''] = await fleetOf({}, {});
    const id = await holdSandbox({ agentId: first, workspace: owner.org.id });
    fleet[0]?.answer((_request, response) => void response.writeHead(404).end('{}'));
    expect((await ask(id)).status).toBe(404);
    await db().execute(sql`update leases set agent_id = ${second} where sandbox_id = ${id}`);
    expect((await ask(id)).status).toBe(200);
  });

  test.each([
    ['whose lease is over', -5],
    ['without a lease', null],
  ])('%s is its owner’s still, and nowhere: 502; to others it is not there', async (_what, leaseSeconds) => {
    const [first = ''] = await fleetOf({});
    const id = await holdSandbox({ agentId: first, workspace: owner.org.id, leaseSeconds });
    expect(await codeOf(await ask(id))).toEqual([502, 'agent_unreachable']);
    expect(await codeOf(await world.send((await world.owner()).apiToken, `/v1/sandboxes/${id}`))).toEqual([404, 'not_found']);
    expect(fleet[0]?.arrivals).toEqual([]);
  });

  test.each(['', 'admin', 'default'])('of the workspace "%s" is nobody’s', async (workspace) => {
    const [first = ''] = await fleetOf({});
    const id = await holdSandbox({ agentId: first, workspace });
    expect(await codeOf(await ask(id))).toEqual([404, 'not_found']);
  });

  test('whose machine has an address to steal with is not asked for', async () => {
    for (const url of [
      'file:///etc/passwd',
      `http://ada:${'hunter2'}@127.0.0.1:1`,
      'http://127.0.0.1:1/path',
      'not an address',
    ]) {
      const agentId = await enlist({ url, region: 'eu' });
      const id = await holdSandbox({ agentId, workspace: owner.org.id });
      expect(await codeOf(await ask(id))).toEqual([502, 'agent_unreachable']);
    }
  });
});

describe('a volume', () => {
  const disk = (sizeGib: number, freeGib: number, provisionedGib = 0) => ({
    volumes_fs_size_bytes: sizeGib * 2 ** 30,
    volumes_fs_free_bytes: freeGib * 2 ** 30,
    volume_provisioned_bytes: provisionedGib * 2 ** 30,
  });
  const make = (size_mb: number) =>
    world.send(owner.apiToken, '/v1/volumes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'data', size_mb }),
    });

  beforeEach(() => {
    for (const agent of fleet) {
      agent.answer((_request, response, { method }) => void response.writeHead(method === 'POST' ? 201 : 404).end('{}'));
    }
  });

  test('goes where most room is by the agents’ own rule, whatever CPUs are free', async () => {
    await fleetOf({ capacity: disk(100, 90, 280) }, { capacity: { ...disk(100, 60), cpu_used: 7 } }, { capacity: disk(100, 21) });
    expect((await make(1_024)).status).toBe(201);
    expect(created()).toEqual([0, 1, 0]);
  });

  test('goes to a machine that tells nothing of its disk only when no other has room', async () => {
    await fleetOf({}, { capacity: disk(100, 60) });
    await make(1_024);
    expect(created()).toEqual([0, 1, 0]);
    await make(60 * 1_024);
    expect(created()).toEqual([1, 1, 0]);
    await db().execute(sql`truncate agents`);
    await fleetOf({ capacity: disk(10, 9) }, { capacity: disk(10, 9) });
    expect(await codeOf(await make(1_024))).toEqual([503, 'capacity_unavailable']);
  });
});

describe('a quota', () => {
  const limit = (limits: Record<string, number>) =>
    db().execute(sql`insert into workspaces (name, max_sandboxes, max_cpu_total, max_memory_mb_total, hourly_create_limit)
      values (${owner.org.id}, ${limits.sandboxes ?? 0}, ${limits.cpu ?? 0}, ${limits.memory ?? 0}, ${limits.hourly ?? 0})`);

  test('of sandboxes lets as many in as fit, of twenty at once, and the next one when one has ended', async () => {
    const [first = ''] = await fleetOf({ capacity: { cpu_total: 64, memory_mb_total: 99_999 } });
    await limit({ sandboxes: 3 });
    await holdSandbox({ agentId: first, workspace: owner.org.id, id: 'held' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => create()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const [refused] = answers.filter(({ status }) => status === 429);
    expect(await codeOf(refused as Response)).toEqual([429, 'quota_exceeded']);
    expect(created()[0]).toBe(2);
    await db().execute(sql`delete from leases where sandbox_id = 'held'`);
    expect((await create()).status).toBe(201);
    expect((await create()).status).toBe(429);
  });

  test('of an hour counts what was made, not what failed', async () => {
    await fleetOf({});
    await limit({ hourly: 2 });
    fleet[0]?.answer((_request, response) => void response.writeHead(500).end('{}'));
    for (let failed = 0; failed < 3; failed++) expect((await create()).status).toBe(500);
    fleet[0]?.answer(answersAfter(0, JSON.stringify({ id: 'made' })));
    expect([await create(), await create(), await create()].map(({ status }) => status)).toEqual([200, 200, 429]);
    await db().execute(sql`update sandbox_creates set created_at = now() - interval '61 minutes'`);
    expect((await create()).status).toBe(200);
  });

  test.each([
    ['CPUs', { cpu: 4 }],
    ['memory', { memory: 4_096 }],
  ])('of %s counts what is running and what the template took last', async (_what, limits) => {
    const [first = ''] = await fleetOf({});
    await limit(limits);
    await holdSandbox({ agentId: first, workspace: owner.org.id, cpu: 2, memoryMb: 2_048 });
    const made = (await (await create()).json()) as { id: string };
    await db().execute(
      sql`insert into sandboxes (id, template, status, cpu, memory_mb) values (${made.id}, 'base', 'running', 2, 2048)`,
    );
    expect((await create()).status).toBe(429);
  });

  test('counts each fork of a tree', async () => {
    const [first = ''] = await fleetOf({});
    await limit({ sandboxes: 3 });
    const id = await holdSandbox({ agentId: first, workspace: owner.org.id });
    const fork = (count: number) =>
      world.send(owner.apiToken, `/v1/sandboxes/${id}/fork-tree`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ count }),
      });
    expect((await fork(3)).status).toBe(429);
    fleet[0]?.answer((_request, response) => void response.writeHead(201).end('{"children":["c1",{"id":"c2"}]}'));
    expect((await fork(2)).status).toBe(201);
    const leases = await db().execute(sql`select sandbox_id from leases where workspace_id = ${owner.org.id} order by 1`);
    expect(leases.map(({ sandbox_id }) => sandbox_id)).toEqual(expect.arrayContaining(['c1', 'c2']));
    expect((await fork(1)).status).toBe(429);
    expect((await fork(0)).status).toBe(400);
  });

  test('of nothing, or none at all, is no limit', async () => {
    await fleetOf({ capacity: { cpu_total: 64 } });
    await limit({});
    for (let made = 0; made < 5; made++) expect((await create()).status).toBe(201);
    expect((await db().execute(sql`select 1 from sandbox_creates`)).length).toBe(0);
  });
});

describe('a list', () => {
  test('is of all machines, each thing once, and says when one of them did not answer', async () => {
    const answer = (items: unknown[]) => answersAfter(0, JSON.stringify(items));
    await fleetOf({}, {}, {});
    const own = { workspace: owner.org.id };
    fleet[0]?.answer(
      answer([
        { id: 'a', metadata: own },
        { id: 'foreign', metadata: { workspace: 'another' } },
      ]),
    );
    fleet[1]?.answer(
      answer([
        { id: 'a', metadata: own },
        { id: 'b', metadata: own },
      ]),
    );
    fleet[2]?.answer(talksGarbage);
    const list = await world.send(owner.apiToken, '/v1/sandboxes');
    expect((await list.json()).map(({ id }: { id: string }) => id)).toEqual(['a', 'b']);
    expect(list.headers.get('x-pandastack-agents-unreachable')).toBe('1');
    for (const agent of fleet) agent.answer(talksGarbage);
    expect(await codeOf(await world.send(owner.apiToken, '/v1/sandboxes'))).toEqual([502, 'agent_unreachable']);
  });
});
