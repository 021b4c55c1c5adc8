import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { db } from '@/db/postgres';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type Script, type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { saysNothing, sendsHugeBody, streamsSilence } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { forgetAgents } from '@/lib/gateway/list-agents';
import { countOpenCalls } from '@/lib/gateway/open-calls';

// Everything here waits for nobody: only that the wait ends, and how, is looked at.
vi.mock('./patience', async (original) => {
  const { patience } = await original<typeof import('./patience')>();
  return { patience: Object.fromEntries(Object.keys(patience).map((name) => [name, 300])) };
});

let world: GatewayWorld;
let agent: ScriptedAgent;
let owner: Owner;
let sandbox: string;
beforeAll(async () => {
  world = await startGatewayWorld();
  owner = await world.owner();
});
afterAll(() => world.close());
beforeEach(async () => {
  await db().execute(sql`delete from agents`);
  agent = await startScriptedAgent();
  await machine(agent.url);
});
afterEach(async () => {
  await expect.poll(countOpenCalls, { timeout: 5_000 }).toBe(0);
  await agent.close();
});

async function machine(url: string): Promise<void> {
  sandbox = await holdSandbox({ agentId: await enlist({ url }), workspace: owner.org.id });
  forgetAgents();
}

const call = (method: string, path: string, init: RequestInit = {}) =>
  world.send(owner.apiToken, `/v1${path.replace('{id}', sandbox)}`, { method, ...init });
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const UNREACHABLE = [502, 'agent_unreachable'];

/** Bytes without an end that come often enough for whoever only looks for silence. */
const trickles: Script = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
const stopsWithin: Script = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"begun":');
};

test.each([
  ['GET', '/sandboxes/{id}'],
  ['GET', '/sandboxes/{id}/fs?path=/a'],
  ['POST', '/sandboxes/{id}/exec'],
  ['POST', '/sandboxes/{id}/pause'],
  ['DELETE', '/sandboxes/{id}'],
  ['POST', '/sandboxes'],
  ['GET', '/sandboxes'],
  ['GET', '/sandboxes/{id}/proxy/80/x'],
])('a machine that says nothing is not waited for without end: %s %s', async (method, path) => {
  agent.answer(saysNothing);
  const body = method === 'POST' ? { body: '{}' } : {};
  expect(await codeOf(await call(method, path, body))).toEqual(UNREACHABLE);
});

test('an answer that stops half-way breaks off for its reader', async () => {
  agent.answer(stopsWithin);
  await expect((await call('GET', '/sandboxes/{id}/fs?path=/a')).text()).rejects.toThrow();
  expect(await codeOf(await call('POST', '/sandboxes/{id}/pause'))).toEqual(UNREACHABLE);
});

test('a machine that is asked beside many has so long for its whole answer, however busy it looks', async () => {
  agent.answer(trickles);
  expect(await codeOf(await call('GET', '/sandboxes'))).toEqual(UNREACHABLE);
});

test('a stream of events may be silent for as long as it likes', async () => {
  agent.answer(streamsSilence);
  const leave = new AbortController();
  const answer = await call('GET', '/sandboxes/{id}/logs?follow=1', { signal: leave.signal });
  const first = answer.body?.getReader().read();
  // Other waits begin and end meanwhile.
  agent.answer(saysNothing);
  expect(await codeOf(await call('GET', '/sandboxes/{id}'))).toEqual(UNREACHABLE);
  expect(await codeOf(await call('GET', '/sandboxes/{id}'))).toEqual(UNREACHABLE);
  expect(countOpenCalls()).toBe(1);
  leave.abort();
  await expect(first).rejects.toThrow();
});

test('a reader that takes nothing any more lets go of the machine', async () => {
  agent.answer(sendsHugeBody(200 * 2 ** 20));
  const answer = await call('GET', '/sandboxes/{id}/fs?path=/a');
  await agent.arrivals.at(-1)?.closed;
  await expect(answer.text()).rejects.toThrow();
});

test.each(['/sandboxes/{id}/fs?path=/a', '/sandboxes/{id}/proxy/80/x', '/sandboxes'])(
  'a sender that falls silent within its body is not waited for: POST %s',
  async (path) => {
    agent.answer((request) => void request.resume());
    const line = `POST /v1${path.replace('{id}', sandbox)} HTTP/1.1`;
    const came = await world.sendRaw([line, 'host: a', `authorization: Bearer ${owner.apiToken}`, 'content-length: 9'], 'x');
    expect(came).not.toContain(' 200 ');
  },
);

describe('a WebSocket', () => {
  test('whose machine does not answer the handshake is refused', async () => {
    agent.upgrade((_request, socket) => void socket.resume());
    const headers = { authorization: `Bearer ${owner.apiToken}` };
    const socket = new WebSocket(`${world.url.replace('http', 'ws')}/v1/sandboxes/${sandbox}/exec/ws`, { headers });
    socket.on('error', () => {});
    const [, answer] = await once(socket, 'unexpected-response');
    expect(answer.statusCode).toBe(502);
    answer.resume();
  });
});
