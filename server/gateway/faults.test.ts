import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type Script, type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import {
  closesEarly,
  hasLargeHeaders,
  refusesEarly,
  saysNothing,
  streamsSilence,
  talksGarbage,
} from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { forgetAgents } from '@/lib/gateway/list-agents';
import { countOpenCalls, endOpenCalls } from '@/lib/gateway/open-calls';

let world: GatewayWorld;
let agent: ScriptedAgent;
let owner: Owner;
let sandbox: string;
/** What would end the process, or fill its log. */
const mishaps: unknown[] = [];
const noteMishap = (what: unknown) => void mishaps.push(what);
beforeAll(async () => {
  for (const event of ['uncaughtException', 'unhandledRejection', 'warning']) process.on(event, noteMishap);
  world = await startGatewayWorld();
  owner = await world.owner();
});
afterAll(async () => {
  await world.close();
  for (const event of ['uncaughtException', 'unhandledRejection', 'warning']) process.off(event, noteMishap);
});
beforeEach(async () => {
  await db().execute(sql`delete from agents`);
  agent = await startScriptedAgent();
  await machine(agent);
  mishaps.length = 0;
});
afterEach(async () => {
  try {
    await expect.poll(countOpenCalls, { timeout: 3_000 }).toBe(0);
    await expect.poll(busy, { timeout: 3_000 }).toEqual([]);
    expect(mishaps).toEqual([]);
  } finally {
    await agent.close();
  }
});

/** What still waits at the agent for the gateway to be done with it. */
async function busy(): Promise<string[]> {
  const open = agent.arrivals.map(({ closed, method, path }) =>
    Promise.race([closed.then(() => []), setImmediate([`${method} ${path}`])]),
  );
  return (await Promise.all(open)).flat();
}

/** The one machine from now on, with a sandbox of the owner's. */
async function machine({ url }: { url: string }): Promise<void> {
  const agentId = await enlist({ url });
  sandbox = await holdSandbox({ agentId, workspace: owner.org.id });
  forgetAgents();
}

/** An answer byte for byte, and the end of the connection. */
const says =
  (...lines: string[]): Script =>
  (request) =>
    void request.socket.end(lines.join('\r\n'), 'latin1');

/** The same of a machine that takes the whole body, and so sees the caller leave. */
const reading =
  (script: Script): Script =>
  (request, response, arrival) => {
    request.resume();
    return script(request, response, arrival);
  };

const JSON_BODY = { headers: { 'content-type': 'application/json' }, body: '{"cmd":"true"}' };
const KINDS: [kind: string, method: string, path: string, init?: RequestInit][] = [
  ['a read', 'GET', '/sandboxes/{id}'],
  ['the head of a read', 'HEAD', '/sandboxes/{id}/fs?path=/a'],
  ['a command', 'POST', '/sandboxes/{id}/exec', JSON_BODY],
  ['a pause', 'POST', '/sandboxes/{id}/pause', { body: '' }],
  ['an end', 'DELETE', '/sandboxes/{id}'],
  ['a create', 'POST', '/sandboxes', JSON_BODY],
  ['a list', 'GET', '/sandboxes'],
  ['a stream', 'GET', '/sandboxes/{id}/logs?follow=1'],
  ['an upload', 'PUT', '/sandboxes/{id}/fs?path=/a', { body: 'x'.repeat(300_000) }],
  ['a call of a program', 'GET', '/sandboxes/{id}/proxy/80/x'],
  ['an upload to a program', 'POST', '/sandboxes/{id}/proxy/80/x', { body: 'x'.repeat(300_000) }],
];
const call = (method: string, path: string, init: RequestInit = {}) =>
  world.send(owner.apiToken, `/v1${path.replace('{id}', sandbox)}`, { method, ...init });

async function outcome(answer: Promise<Response>): Promise<[number, string | undefined]> {
  const response = await answer;
  const text = await response.text();
  return [response.status, text === '' ? undefined : JSON.parse(text).code];
}

describe.each(KINDS)('%s', (_kind, method, path, init) => {
  const refused = (status: number, code: string) => [status, method === 'HEAD' ? undefined : code];

  test.each<[string, Script]>([
    ['closes the connection', closesEarly],
    ['talks no HTTP', talksGarbage],
    ['sends a megabyte of headers', hasLargeHeaders()],
    [
      'switches to a protocol nobody asked for',
      says('HTTP/1.1 101 Switching Protocols', 'connection: Upgrade', 'upgrade: x', '', 'abc'),
    ],
    ['answers with a status below 100', says('HTTP/1.1 099 Odd', 'content-length: 2', '', '{}')],
    ['says only that it goes on', says('HTTP/1.1 102 Processing', '', '')],
  ])('is refused as agent_unreachable when its machine %s', async (_what, script) => {
    agent.answer(reading(script));
    expect(await outcome(call(method, path, init))).toEqual(refused(502, 'agent_unreachable'));
  });

  test.skipIf(path.includes('/proxy/'))('is refused as agent_unreachable when its machine refuses this server', async () => {
    agent.answer(reading(says('HTTP/1.1 401 No', 'content-length: 2', '', '{}')));
    expect(await outcome(call(method, path, init))).toEqual(refused(502, 'agent_unreachable'));
  });

  test('is refused as agent_unreachable when its machine is gone', async () => {
    await db().execute(sql`delete from agents`);
    const gone = await startScriptedAgent();
    await gone.close();
    await machine(gone);
    expect(await outcome(call(method, path, init))).toEqual(refused(502, 'agent_unreachable'));
  });

  test('is told to its sender when this server stops before its machine answers', async () => {
    agent.answer(reading(saysNothing));
    const answer = outcome(call(method, path, init));
    if (path === '/sandboxes' && method === 'GET') return void (await Promise.all([answer, agent.close()]));
    await expect.poll(() => agent.arrivals.length).toBe(1);
    endOpenCalls();
    expect(await answer).toEqual(refused(503, 'capacity_unavailable'));
  });

  test('passes with what a header may hold, whatever its machine writes into one', async () => {
    const head = ['HTTP/1.1 200 OK', 'x-text: \xe6\xbc\xa2', 'content-type: application/json', 'content-length: 2'];
    agent.answer(reading(says(...head, '', '[]')));
    expect((await outcome(call(method, path, init)))[0]).toBe(200);
  });
});

/** A connection of a client that is no library: what it sent so far, and what came back. */
async function rawCall(head: string[], body = ''): Promise<{ socket: Socket; came: () => string; ended: Promise<unknown> }> {
  const socket = connect({ port: world.port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  const ended = new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return { socket, came: () => text, ended };
}
const headLines = (method: string, path: string, ...more: string[]) => [
  `${method} /v1${path.replace('{id}', sandbox)} HTTP/1.1`,
  'host: localhost',
  `authorization: Bearer ${owner.apiToken}`,
  ...more,
];

describe('a client that leaves', () => {
  test.each([
    ['GET', '/sandboxes/{id}/logs?follow=1'],
    ['GET', '/sandboxes/{id}/proxy/80/x'],
  ])('before its machine was asked leaves nothing open: %s %s', async (method, path) => {
    agent.answer(streamsSilence);
    await db().transaction(async (tx) => {
      // The look for the sandbox waits for this.
      await tx.execute(sql`lock table leases in access exclusive mode`);
      const { socket } = await rawCall(headLines(method, path));
      const waiting = async () => (await db().execute(sql`select 1 from pg_locks where not granted`)).length;
      await expect.poll(waiting).toBeGreaterThan(0);
      socket.resetAndDestroy();
      await world.send('none', '/v1/sandboxes');
    });
    await call('GET', '/sandboxes/{id}/proxy/80/after', { signal: AbortSignal.timeout(300) }).then(
      (answer) => answer.body?.cancel(),
      () => {},
    );
    expect(agent.arrivals.map(({ path: asked }) => asked)).toEqual([`/sandboxes/${sandbox}/proxy/80/after`]);
  });

  test.each(['/sandboxes/{id}/fs?path=/a', '/sandboxes/{id}/pause', '/sandboxes/{id}/proxy/80/x', '/sandboxes'])(
    'within its body leaves nothing open: POST %s',
    async (path) => {
      agent.answer(reading(saysNothing));
      const { socket } = await rawCall(headLines('POST', path, 'content-length: 1000'), 'x');
      if (path !== '/sandboxes') await expect.poll(() => agent.arrivals.length).toBe(1);
      socket.resetAndDestroy();
    },
  );

  test('within a body whose machine is gone ends nothing else', async () => {
    await db().execute(sql`delete from agents`);
    const gone = await startScriptedAgent();
    await gone.close();
    await machine(gone);
    for (const path of ['/sandboxes/{id}/fs?path=/a', '/sandboxes/{id}/proxy/80/x', '/sandboxes/{id}/pause']) {
      const { socket, came, ended } = await rawCall(headLines('POST', path, 'content-length: 1000'), 'x');
      await ended;
      expect(came()).toContain('502');
      expect(came().toLowerCase()).toContain('connection: close');
      socket.resetAndDestroy();
    }
  });
});

describe('an answer that comes while the body is still on its way', () => {
  test.each(['/sandboxes/{id}/fs?path=/a', '/sandboxes/{id}/proxy/80/x', '/sandboxes/{id}/pause'])(
    'is told: POST %s',
    async (path) => {
      agent.answer(refusesEarly);
      const { socket, came, ended } = await rawCall(headLines('POST', path, 'content-length: 1000000'), 'x');
      await ended;
      expect(came()).toMatch(/^HTTP\/1.1 413 /);
      expect(came().toLowerCase()).toContain('connection: close');
      socket.resetAndDestroy();
    },
  );
});

describe('a body without a length', () => {
  test.each(['GET', 'DELETE', 'POST', 'OPTIONS'])('never becomes a second request to a machine: %s', async (method) => {
    const hidden = 'GET /sandboxes HTTP/1.1\r\nhost: a\r\nx-fcs-workspace: admin\r\n\r\n';
    const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
    const head = headLines(method, '/sandboxes/{id}/proxy/80/x', 'transfer-encoding: chunked', 'connection: close');
    const { ended, came, socket } = await rawCall(head, chunk);
    await ended;
    socket.destroy();
    expect(came()).toMatch(/^HTTP\/1.1 200 /);
    expect(came()).toContain('x-fcs-workspace: admin');
    expect(agent.arrivals).toHaveLength(1);
  });
});

describe('a handshake that is refused', () => {
  test.each([
    ['by this server', '/sandboxes/none/exec/ws'],
    ['by its machine', '/sandboxes/{id}/exec/ws'],
  ])('%s ends the connection of a client that does not end it', async (_by, path) => {
    agent.upgrade((_request, socket) => void socket.end('HTTP/1.1 404 No\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}'));
    const upgrade = [
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: YWJjZGVmZ2hpamtsbW5vcA==',
    ];
    const { socket, came } = await rawCall(headLines('GET', path, ...upgrade), 'x'.repeat(200_000));
    await expect.poll(came).toContain('404');
    // It says no goodbye. What it says instead is answered by a reset, once this side is gone.
    await expect.poll(() => socket.closed || socket.write('x'.repeat(1_000)) === undefined, { timeout: 10_000 }).toBe(true);
  });
});
