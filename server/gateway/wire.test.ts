import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { db } from '@/db/postgres';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type Script, type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { answersAfter, diesMidBody, liesAboutLength, refusesUpgrade } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { forgetAgents } from '@/lib/gateway/list-agents';
import { countOpenCalls } from '@/lib/gateway/open-calls';
import { renderMetrics } from '@/lib/health/process-metrics';

let world: GatewayWorld;
let agent: ScriptedAgent;
let owner: Owner;
let sandbox: string;
beforeAll(async () => {
  world = await startGatewayWorld({ PANDASTACK_METRICS_TOKEN: 'a-token-for-metrics' });
  owner = await world.owner();
});
afterAll(() => world.close());
beforeEach(async () => {
  await db().execute(sql`delete from agents`);
  agent = await startScriptedAgent();
  sandbox = await holdSandbox({ agentId: await enlist({ url: agent.url }), workspace: owner.org.id });
  forgetAgents();
});
afterEach(async () => {
  await expect.poll(countOpenCalls, { timeout: 5_000 }).toBe(0);
  await agent.close();
});

const says =
  (...lines: string[]): Script =>
  (request) =>
    void request.socket.end(lines.join('\r\n'));
const call = (method: string, path: string, init: RequestInit = {}) =>
  world.send(owner.apiToken, `/v1${path.replace('{id}', sandbox)}`, { method, ...init });
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const head = (method: string, path: string, ...more: string[]) => [
  `${method} /v1${path.replace('{id}', sandbox)} HTTP/1.1`,
  'host: localhost',
  `authorization: Bearer ${owner.apiToken}`,
  ...more,
];
const READ = '/sandboxes/{id}/fs?path=/a';
const PROGRAM = '/sandboxes/{id}/proxy/80/x';

describe('an answer that breaks off', () => {
  test.each<[string, Script]>([
    ['dies', diesMidBody],
    ['is shorter than it said', liesAboutLength(1_000, '{"begun":')],
  ])('because it %s breaks off for its reader; where it is read here, it is refused', async (_why, script) => {
    agent.answer(script);
    for (const path of [READ, PROGRAM]) {
      const answer = await call('GET', path);
      await expect(answer.text()).rejects.toThrow();
    }
    expect(await codeOf(await call('POST', '/sandboxes/{id}/pause'))).toEqual([502, 'agent_unreachable']);
    expect(await codeOf(await call('DELETE', '/sandboxes/{id}'))).toEqual([502, 'agent_unreachable']);
    expect(await codeOf(await call('POST', '/sandboxes', { body: '{}' }))).toEqual([502, 'agent_unreachable']);
    expect(await codeOf(await call('GET', '/sandboxes'))).toEqual([502, 'agent_unreachable']);
  });
});

describe.each([READ, PROGRAM, '/sandboxes/{id}'])('a connection is used on: %s', (path) => {
  test('after an answer that has more bytes than it said', async () => {
    agent.answer(liesAboutLength(2, '[]HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nstray'));
    expect(await (await call('GET', path)).text()).toBe('[]');
    agent.answer(answersAfter(0, 'own'));
    expect(await (await call('GET', path)).text()).toBe('own');
  });

  test.each([204, 304])('after a %i that has a body', async (status) => {
    agent.answer(says(`HTTP/1.1 ${status} Odd`, 'content-length: 5', 'connection: close', '', 'stray'));
    const answer = await world.sendRaw([...head('GET', path), '', ...head('GET', path, 'connection: close')]);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`, `HTTP/1.1 ${status}`]);
    expect(answer).not.toContain('stray');
  });

  test('for requests that came at once, each answered in turn', async () => {
    agent.answer((request, response) => void response.end(`answer ${request.headers['x-turn']} `.padEnd(300_000, '.')));
    const turns = ['1', '2', '3'].flatMap((turn) => [...head('GET', path, `x-turn: ${turn}`), '']);
    const answer = await world.sendRaw([...turns, ...head('GET', path, 'x-turn: 4', 'connection: close')]);
    expect(answer.match(/answer \d/g)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4']);
  });

  test('after a path that is refused', async () => {
    const answer = await world.sendRaw([...head('GET', '/sandboxes/a%2fb'), '', ...head('GET', path, 'connection: close')]);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 200']);
  });
});

test.each([READ, PROGRAM])('a body that waits to be asked for is asked for, and 1xx stay here: POST %s', async (path) => {
  agent.answer(async (_request, response, arrival) => {
    response.writeEarlyHints({ link: '</a>; rel=preload' });
    response.end(`${await arrival.body()} ${arrival.headers.expect}`);
  });
  const answer = await world.sendRaw(
    head('POST', path, 'expect: 100-continue', 'content-length: 4', 'connection: close'),
    'body',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('body undefined');
});

test('a create whose sender leaves is written down all the same', async () => {
  let made: () => void = () => {};
  agent.answer((_request, response) => {
    made = () => void response.writeHead(201).end('{"id":"left-behind"}');
  });
  const leave = new AbortController();
  const answer = call('POST', '/sandboxes', { body: '{}', signal: leave.signal }).catch(() => 'left');
  await expect.poll(() => agent.arrivals.length).toBe(1);
  leave.abort();
  expect(await answer).toBe('left');
  made();
  const lease = () => db().execute(sql`select workspace_id from leases where sandbox_id = 'left-behind'`);
  await expect.poll(async () => [...(await lease())]).toEqual([{ workspace_id: owner.org.id }]);
});

test('a list says that a machine is missing which answers with what is no list', async () => {
  const other = await startScriptedAgent();
  await enlist({ url: other.url });
  forgetAgents();
  other.answer(says('HTTP/1.1 200 OK', 'content-length: 6', '', '<html>'));
  agent.answer(answersAfter(0, '[{"id":"a"}]'));
  const list = await call('GET', '/sandboxes');
  expect(list.headers.get('x-pandastack-agents-unreachable')).toBe('1');
  expect(await list.json()).toEqual([{ id: 'a' }]);
  await other.close();
});

describe('a call behind another on its connection', () => {
  const follow = () => head('GET', '/sandboxes/{id}/logs?follow=1', 'connection: close');

  test.each([READ, PROGRAM])('is begun when that one is answered, and never when its client leaves first: %s', async (path) => {
    const answers: (() => void)[] = [];
    agent.answer((_request, response) => void answers.push(() => response.end('{}')));
    const socket = connect(world.port, '127.0.0.1');
    socket.write([...head('GET', path), '', ...head('GET', path), '', ...follow(), '', ''].join('\r\n'));
    await expect.poll(() => answers.length).toBe(1);
    answers[0]?.();
    await expect.poll(() => answers.length).toBe(2);
    socket.destroy();
    await expect.poll(countOpenCalls).toBe(0);
    expect(agent.arrivals).toHaveLength(2);
  });

  test('is one of a few: a client that sends hundreds without an answer is cut off', async () => {
    agent.answer(() => {});
    const calls = Array.from({ length: 300 }, () => [...head('GET', READ), '']).flat();
    expect(await world.sendRaw(calls)).toBe('');
    expect(agent.arrivals.length).toBeLessThanOrEqual(1);
  });
});

test.each(['/sandboxes', '/sandboxes/{id}/fs?path=/a', '/sandboxes/{id}/proxy/80/x'])(
  'a refusal reaches a sender that is still sending: POST %s',
  async (path) => {
    await db().execute(sql`delete from leases`);
    const lines = head('POST', path, 'content-type: application/json', 'content-length: 80000000');
    const came = await new Promise<string>((resolve) => {
      let answer = '';
      const chunk = Buffer.alloc(1_000_000, 'x');
      let left = 80;
      const send = () => void (left-- > 0 && socket.writable && socket.write(chunk, send));
      const socket = connect(world.port, '127.0.0.1', () => void socket.write([...lines, '', ''].join('\r\n'), send));
      socket.on('data', (data) => {
        answer += data;
      });
      socket.on('close', () => resolve(answer)).on('error', () => {});
    });
    expect(came).toMatch(path === '/sandboxes' ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 (?:404|502) /);
  },
);

describe('a WebSocket', () => {
  const open = (path = 'exec/ws') => {
    const headers = { authorization: `Bearer ${owner.apiToken}` };
    const socket = new WebSocket(`${world.url.replace('http', 'ws')}/v1/sandboxes/${sandbox}/${path}`, { headers });
    socket.on('error', () => {});
    return socket;
  };

  test('whose machine dies is told so between two frames', async () => {
    const socket = open();
    await once(socket, 'message');
    await agent.close();
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([1014, 'agent_unreachable']);
  });

  test('whose client is gone ends at the machine, however it went', async () => {
    for (const leave of [(socket: WebSocket) => socket.terminate(), halfClose]) {
      const socket = open();
      await once(socket, 'message');
      leave(socket);
      await agent.arrivals.at(-1)?.closed;
      await expect.poll(countOpenCalls, { timeout: 5_000 }).toBe(0);
    }
  });

  test('whose client goes during the handshake leaves nothing at the machine', async () => {
    agent.upgrade((_request, stuck) => void stuck.resume().once('end', () => stuck.destroy()));
    const socket = open();
    await expect.poll(() => agent.arrivals.length).toBe(1);
    socket.terminate();
    await expect.poll(() => agent.connections()).toBe(0);
    const counted = async () => (await renderMetrics()).text.split('\n');
    await expect
      .poll(counted)
      .toContain('pandastack_http_request_duration_seconds_count{route="/v1/sandboxes/{sandbox}/exec/ws",status="499"} 1');
  });

  test.each([
    ['a program asks for credentials of its own', 'proxy/80/ws', 401],
    ['an agent refuses this server', 'exec/ws', 502],
  ])('that %s is answered so: %s', async (_what, path, status) => {
    agent.upgrade(refusesUpgrade(401, 'who are you?'));
    const [, answer] = await once(open(path), 'unexpected-response');
    expect(answer.statusCode).toBe(status);
    expect(await text(answer)).toContain(status === 401 ? 'who are you?' : 'agent_unreachable');
  });

  test('opens with no body: its bytes would be the first of the WebSocket', async () => {
    const handshake = ['connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: YQ=='];
    const answer = await world.sendRaw(head('GET', '/sandboxes/{id}/exec/ws', ...handshake, 'content-length: 1'), 'x');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(agent.arrivals).toEqual([]);
  });
});

/** The end of what a client says, while it would still listen. */
function halfClose(socket: WebSocket): void {
  (socket as unknown as { _socket: { end(): void } })._socket.end();
}

describe('a connection that the machine closes at the moment it is used again', () => {
  /** Closes the connection of the next call, and answers from then on. */
  const closesOnce = () => {
    let closed = false;
    agent.answer((request, response) => {
      if (closed) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      closed = true;
      request.socket.destroy();
    });
  };

  test('costs whoever reads nothing: they are asked for once more', async () => {
    closesOnce();
    expect((await call('GET', READ)).status).toBe(200);
    expect(agent.arrivals).toHaveLength(2);
  });

  test('never makes a change happen twice', async () => {
    closesOnce();
    const init = { headers: { 'content-type': 'application/json' }, body: '{"cmd":"true"}' };
    expect(await codeOf(await call('POST', '/sandboxes/{id}/exec', init))).toEqual([502, 'agent_unreachable']);
    expect(agent.arrivals).toHaveLength(1);
  });
});
