import { request } from 'node:http';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { db } from '@/db/postgres';
import { agents, leases, sandboxes } from '@/db/schema';
import { type ScriptedAgent, startScriptedAgent, tellArrival } from '@/e2e/support/scripted-agent';
import * as faults from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { testDatabase } from '@/e2e/support/test-database';

let agent: ScriptedAgent;
beforeAll(testDatabase);
beforeAll(async () => {
  agent = await startScriptedAgent();
});
afterAll(() => agent.close());
beforeEach(() => agent.answer(tellArrival));

const get = (path = '/', init: RequestInit = {}) => fetch(agent.url + path, { redirect: 'manual', ...init });

describe('the scripted agent', () => {
  test('tells what arrived as it was written: path undecoded, headers in their case and number', async () => {
    const told = await new Promise<string>((resolve, reject) => {
      const headers = { 'X-Fcs-Workspace': ['one', 'two'] };
      const call = request(`${agent.url}/a%2Fb/..%2f?q=%20`, { method: 'POST', headers }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        resolve(Buffer.concat(chunks).toString());
      });
      call.on('error', reject).end('body');
    });
    const { rawHeaders, ...rest } = JSON.parse(told);
    expect(rest).toMatchObject({ method: 'POST', path: '/a%2Fb/..%2f?q=%20', body: 'body' });
    expect(rawHeaders).toEqual(
      expect.arrayContaining([
        ['X-Fcs-Workspace', 'one'],
        ['X-Fcs-Workspace', 'two'],
      ]),
    );
    expect(agent.arrivals.at(-1)?.path).toBe('/a%2Fb/..%2f?q=%20');
  });

  test.each([
    ['talks garbage', faults.talksGarbage],
    ['closes early', faults.closesEarly],
    ['has too large headers', faults.hasLargeHeaders()],
    ['dies in its body', faults.diesMidBody],
    ['dies in its stream', faults.diesMidStream],
    ['promises more than it sends', faults.liesAboutLength(100, '{}')],
  ])('that %s gives no whole answer', async (_what, script) => {
    agent.answer(script);
    await expect(get().then((answer) => answer.text())).rejects.toThrow();
  });

  test.each([
    ['says nothing', faults.saysNothing],
    ['streams silence', faults.streamsSilence],
    ['streams for ever', faults.streamsForever()],
  ])('that %s learns that its caller left', async (_what, script) => {
    agent.answer(script);
    const left = new AbortController();
    const call = get('/', { signal: left.signal }).then((answer) => answer.text());
    await expect.poll(() => agent.arrivals.at(-1)?.method).toBe('GET');
    const arrival = agent.arrivals.at(-1);
    left.abort();
    await expect(call).rejects.toThrow();
    await arrival?.closed;
  });

  test('answers late, hugely, early, with headers and elsewhere as told', async () => {
    agent.answer(faults.answersAfter(10, '{"late":true}'));
    expect(await (await get()).json()).toEqual({ late: true });
    const sent = { bytes: 0 };
    agent.answer(faults.sendsHugeBody(3_000_000, sent));
    expect((await (await get()).arrayBuffer()).byteLength).toBe(3_000_000);
    expect(sent.bytes).toBe(3_000_000);
    agent.answer(faults.refusesEarly);
    expect((await get()).status).toBe(413);
    agent.answer(faults.sendsHeaders({ 'set-cookie': ['a=1', 'b=2'] }));
    expect((await get()).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    agent.answer(faults.redirectsTo('http://example.com/'));
    expect((await get()).headers.get('location')).toBe('http://example.com/');
    expect(await agent.connections()).toBeGreaterThanOrEqual(0);
  });

  test('speaks WebSocket: what arrived first, then whatever it hears', async () => {
    const socket = new WebSocket(`${agent.url.replace('http', 'ws')}/exec/ws?x=1`, { headers: { 'x-request-id': 'r' } });
    const heard: string[] = [];
    socket.on('message', (data, binary) => {
      heard.push(`${binary ? 'bytes' : 'text'} ${data}`);
      if (heard.length === 1) socket.send('hello');
      if (heard.length === 2) socket.send(Buffer.from('raw'));
      if (heard.length === 3) socket.send('close');
    });
    const code = await new Promise((resolve) => socket.on('close', resolve));
    expect(code).toBe(4000);
    expect(JSON.parse(heard[0]?.slice(5) ?? '')).toMatchObject({ path: '/exec/ws?x=1', headers: { 'x-request-id': 'r' } });
    expect(heard.slice(1)).toEqual(['text hello', 'bytes raw']);
    agent.upgrade(faults.refusesUpgrade(404));
    const refused = new WebSocket(agent.url.replace('http', 'ws'));
    expect(await new Promise((resolve) => refused.on('error', ({ message }) => resolve(message)))).toContain('404');
  });

  test('is enlisted with its rows', async () => {
    const agentId = await enlist({ url: agent.url, region: 'here', silentSeconds: 60 });
    const id = await holdSandbox({ agentId, workspace: 'ws', leaseSeconds: -5 });
    const unleased = await holdSandbox({ agentId, workspace: 'ws', leaseSeconds: null });
    expect(await db().select().from(agents).where(eq(agents.id, agentId))).toMatchObject([{ region: 'here' }]);
    expect(await db().select().from(sandboxes).where(eq(sandboxes.id, id))).toMatchObject([{ metadata: '{"workspace":"ws"}' }]);
    expect(await db().select().from(leases).where(eq(leases.sandboxId, id))).toMatchObject([{ agentId, workspaceId: 'ws' }]);
    expect(await db().select().from(leases).where(eq(leases.sandboxId, unleased))).toEqual([]);
  });
});
