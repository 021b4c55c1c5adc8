import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { db } from '@/db/postgres';
import { DASHBOARD, type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { diesMidStream, sendsHugeBody, streamsForever, streamsSilence } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { join, newPerson, type Person } from '@/e2e/support/test-people';
import { countOpenCalls, endOpenCalls } from '@/lib/gateway/open-calls';

let world: GatewayWorld;
let agent: ScriptedAgent;
let owner: Owner;
let agentId: string;
let sandbox: string;
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
  owner = await world.owner();
  sandbox = await holdSandbox({ agentId, workspace: owner.org.id });
  agent.arrivals.length = 0;
});

const stream = (credential: string, headers: Record<string, string> = {}) =>
  world.send(credential, `/v1/sandboxes/${sandbox}/logs?follow=1`, { headers });

async function rest(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  return text;
}

function socketTo(
  path: string,
  { credential, ...headers }: { credential?: string; origin?: string } & Record<string, string | undefined> = {},
) {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<string, string>;
  if (credential) given.authorization = `Bearer ${credential}`;
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/v1/sandboxes/${sandbox}${path}`, { headers: given });
  socket.on('error', () => {});
  return socket;
}

/** The status a handshake was refused with, and its code. */
async function refusal(socket: WebSocket): Promise<[number | undefined, string]> {
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return [response.statusCode, JSON.parse(body).code];
}

async function ticketFor(person: { token: string }, path = 'exec/pty', headers: Record<string, string> = {}): Promise<string> {
  const answer = await world.send(person.token, `/v1/sandboxes/${sandbox}/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ path }),
  });
  return ((await answer.json()) as { ticket: string }).ticket;
}

async function newMember(): Promise<Person & { headers: Record<string, string> }> {
  const member = newPerson(world.project);
  await join(owner, member);
  return { ...member, headers: { 'x-pandastack-org': owner.org.id } };
}

describe('a stream', () => {
  test('passes each event when it comes', async () => {
    let send: (text: string) => void = () => {};
    agent.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      send = (text) => response.write(text);
    });
    const response = await stream(owner.apiToken);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.getReader();
    for (const event of ['event: line\ndata: {"line":"1"}\n\n', 'event: line\ndata: {"li', 'ne":"2"}\n\n']) {
      send(event);
      expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(event);
    }
    await reader?.cancel();
    await agent.arrivals[0]?.closed;
  });

  test('whose reader leaves ends at the agent', async () => {
    agent.answer(streamsForever());
    const leave = new AbortController();
    const response = await fetch(`${world.url}/v1/sandboxes/${sandbox}/logs?follow=1`, {
      headers: { authorization: `Bearer ${owner.apiToken}` },
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    leave.abort();
    await agent.arrivals[0]?.closed;
    await expect.poll(countOpenCalls).toBe(0);
  });

  test('whose agent dies says so: an end without a word would be taken for success', async () => {
    agent.answer(diesMidStream);
    const text = await rest(await stream(owner.apiToken));
    expect(text).toContain('{"chunk":"two"}');
    expect(text).toMatch(/\n\nevent: error\ndata: \{"error":".+","code":"agent_unreachable".*\}\n\n$/);
  });

  test('is read no faster than its reader reads', async () => {
    const sent = { bytes: 0 };
    agent.answer(sendsHugeBody(256 * 2 ** 20, sent));
    const response = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/fs?path=/huge`);
    const reader = response.body?.getReader();
    await reader?.read();
    let before = -1;
    // Nobody reads on, so it comes to a stop by itself, with what fits into the buffers on the way.
    await expect
      .poll(
        () => {
          const stopped = sent.bytes === before;
          before = sent.bytes;
          return stopped;
        },
        { interval: 200, timeout: 10_000 },
      )
      .toBe(true);
    expect(sent.bytes).toBeLessThan(64 * 2 ** 20);
    await reader?.cancel();
  });

  test.each(['silent', 'busy'])('that is %s ends within a second of its reader’s removal', async (kind) => {
    agent.answer(kind === 'busy' ? streamsForever() : streamsSilence);
    const member = await newMember();
    const text = rest(await stream(member.token, member.headers));
    const others = await stream(owner.token);
    const removedAt = performance.now();
    expect((await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${member.userId}`)).status).toBe(204);
    expect(await text).toMatch(/event: error\ndata: \{"error":".+","code":"forbidden"/);
    expect(performance.now() - removedAt).toBeLessThan(3_000);
    expect(countOpenCalls()).toBe(1);
    await others.body?.cancel();
  });

  test('of a token ends when the token is revoked', async () => {
    agent.answer(streamsForever());
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'short' });
    const text = rest(await stream(body.token));
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/tokens/${body.id}`);
    expect(await text).toContain('"code":"forbidden"');
  });

  test('of a session with one factor ends when the organization asks for a second', async () => {
    agent.answer(streamsForever());
    const member = await newMember();
    const text = rest(await stream(member.token, member.headers));
    await db().execute(sql`update orgs set mfa_required = true where id = ${owner.org.id}`);
    expect(await text).toContain('"code":"forbidden"');
  });

  test('and a socket are told when this server stops', async () => {
    agent.answer(streamsForever());
    const text = rest(await stream(owner.apiToken));
    const socket = socketTo('/exec/ws', { credential: owner.apiToken });
    await once(socket, 'message');
    endOpenCalls();
    expect(await text).toMatch(/event: error\ndata: \{"error":"This server is stopping","code":"capacity_unavailable"/);
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([1001, 'capacity_unavailable']);
    await expect.poll(countOpenCalls).toBe(0);
  });
});

describe('a WebSocket', () => {
  test('of a program opens with its token, and its bytes pass both ways', async () => {
    const socket = socketTo('/exec/ws?cols=80', { credential: owner.apiToken });
    await once(socket, 'message'); // The scripted agent tells first what arrived.
    expect(agent.arrivals[0]?.path).toBe(`/sandboxes/${sandbox}/exec/ws?cols=80`);
    expect(agent.arrivals[0]?.headers).toMatchObject({ 'x-fcs-workspace': owner.org.id, upgrade: 'websocket' });
    expect(agent.arrivals[0]?.headers).not.toHaveProperty('authorization');
    for (const message of ['short', 'x'.repeat(200), 'y'.repeat(70_000), Buffer.from([0, 255])]) {
      socket.send(message);
      expect(Buffer.from((await once(socket, 'message'))[0])).toEqual(Buffer.from(message as string));
    }
    socket.close(4_000, 'done');
    await agent.arrivals[0]?.closed;
    await expect.poll(countOpenCalls).toBe(0);
  });

  test('of a browser opens with a ticket, which the agent never sees', async () => {
    const ticket = await ticketFor(owner);
    const socket = socketTo(`/exec/pty?ticket=${ticket}&cols=80`, { origin: DASHBOARD });
    await once(socket, 'message');
    expect(agent.arrivals[0]?.path).toBe(`/sandboxes/${sandbox}/exec/pty?cols=80`);
    expect(agent.arrivals[0]?.headers).toMatchObject({ 'x-pandastack-user-id': owner.userId, 'x-pandastack-auth-method': 'jwt' });
    socket.terminate();
  });

  test('opens with one ticket once, of many that try at once', async () => {
    const ticket = await ticketFor(owner);
    const sockets = Array.from({ length: 8 }, () => socketTo(`/exec/pty?ticket=${ticket}`));
    const outcomes = await Promise.all(
      sockets.map((socket) =>
        Promise.race([once(socket, 'message').then(() => 'open'), refusal(socket).then(([status]) => status)]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 401)).toHaveLength(7);
    for (const socket of sockets) socket.terminate();
  });

  test.each([
    ['for another path', '/exec/ws', 401, 'invalid_token'],
    ['after it was tried for another path', '/exec/pty', 401, 'invalid_token'],
  ])('is refused to a ticket %s', async (what, path, status, code) => {
    const ticket = await ticketFor(owner);
    if (what.startsWith('after')) await refusal(socketTo(`/exec/ws?ticket=${ticket}`));
    expect(await refusal(socketTo(`${path}?ticket=${ticket}`))).toEqual([status, code]);
    expect(agent.arrivals).toEqual([]);
  });

  test('is refused to a ticket of another sandbox, one too old, one of a page elsewhere, one whose holder left, and none', async () => {
    const ticket = await ticketFor(owner);
    sandbox = await holdSandbox({ agentId, workspace: owner.org.id });
    expect(await refusal(socketTo(`/exec/pty?ticket=${ticket}`))).toEqual([401, 'invalid_token']);
    const old = await ticketFor(owner);
    await db().execute(sql`update stream_tickets set expires_at = now() - interval '1 second'`);
    expect(await refusal(socketTo(`/exec/pty?ticket=${old}`))).toEqual([401, 'invalid_token']);
    const elsewhere = await ticketFor(owner);
    expect(await refusal(socketTo(`/exec/pty?ticket=${elsewhere}`, { origin: 'https://evil.example' }))).toEqual([
      403,
      'forbidden',
    ]);
    const member = await newMember();
    const theirs = await ticketFor(member, 'exec/pty', member.headers);
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${member.userId}`);
    expect(await refusal(socketTo(`/exec/pty?ticket=${theirs}`))).toEqual([404, 'org_not_found']);
    expect(await refusal(socketTo('/exec/pty'))).toEqual([401, 'missing_token']);
    expect(await refusal(socketTo(`/exec/pty?access_token=${owner.token}`))).toEqual([401, 'missing_token']);
    expect(agent.arrivals).toEqual([]);
  });

  test('to the sandbox of another organization is not there', async () => {
    const stranger = await world.owner();
    expect(await refusal(socketTo('/exec/pty', { credential: stranger.apiToken }))).toEqual([404, 'not_found']);
    expect(agent.arrivals).toEqual([]);
  });

  test('ends within a second of its holder’s removal, between two frames and with a reason', async () => {
    const member = await newMember();
    const ticket = await ticketFor(member, 'exec/pty', member.headers);
    const socket = socketTo(`/exec/pty?ticket=${ticket}`);
    await once(socket, 'message');
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${member.userId}`);
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([1008, 'forbidden']);
    await agent.arrivals[0]?.closed;
  });

  test('whose agent dies is closed as a bad gateway', async () => {
    const socket = socketTo('/exec/ws', { credential: owner.apiToken });
    agent.upgrade((request) => void request.socket.destroy());
    await once(socket, 'message').catch(() => {});
    const other = socketTo('/exec/ws', { credential: owner.apiToken });
    expect(await refusal(other)).toEqual([502, 'agent_unreachable']);
    socket.terminate();
  });
});
