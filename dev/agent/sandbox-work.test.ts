import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { migratedDatabase } from '@/e2e/support/test-database';
import { type AgentWorld, newWorkspace, startAgentWorld } from './testing/agent-world';

let world: AgentWorld;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await migratedDatabase();
  drop = database.drop;
  world = await startAgentWorld(database.url);
});
afterAll(async () => {
  await world.stop();
  await drop();
});

async function newSandbox() {
  const workspace = newWorkspace();
  const client = await world.client(workspace);
  const sandbox = await client.sandboxes.create();
  const call = (path: string, init?: RequestInit) => world.call(workspace, `/sandboxes/${sandbox.id}${path}`, init);
  const connect = (path: string, as = workspace) =>
    new WebSocket(`${world.endpoint.replace('http', 'ws')}/sandboxes/${sandbox.id}${path}`, {
      headers: { 'x-fcs-workspace': as },
    });
  return { client, sandbox, call, connect };
}

const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

describe('code', () => {
  test('keeps its variables from one piece to the next', async () => {
    const { sandbox } = await newSandbox();
    const context = await sandbox.createCodeContext();
    expect(await context.runCode('x = 6\nprint("set")')).toMatchObject({ stdout: 'set\n', exit_code: 0 });
    expect(await context.runCode('x * 7')).toMatchObject({ stdout: '42\n' });
    expect(await context.runCode('1/0')).toMatchObject({ exit_code: 1, stderr: expect.stringContaining('ZeroDivisionError') });
    await context.close();
    await expect(context.runCode('x')).rejects.toThrow('session not found');
  });

  test('runs in Node as well, and another language is refused', async () => {
    const { sandbox } = await newSandbox();
    const context = await sandbox.createCodeContext('node' as 'python');
    await context.runCode('var y = 20');
    expect(await context.runCode('y + 1')).toMatchObject({ stdout: '21\n' });
    await expect(sandbox.createCodeContext('cobol' as 'python')).rejects.toMatchObject({ statusCode: 400 });
  });

  test('runs once in an interpreter of its own', async () => {
    const { call } = await newSandbox();
    const answer = await call('/repl', json({ language: 'bash', code: 'echo "$((6 * 7))"; exit 2' }));
    expect(await answer.json()).toEqual({ language: 'bash', stdout: '42\n', stderr: '', exit_code: 2 });
  });
});

describe('a WebSocket', () => {
  test('carries many commands at once, and cancels one', async () => {
    const { connect } = await newSandbox();
    const socket = connect('/exec/ws');
    await once(socket, 'open');
    const heard: Record<string, unknown>[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ id: 'long', cmd: 'sleep 600' }));
    socket.send(JSON.stringify({ id: 'short', cmd: 'echo hi; exit 4' }));
    await expect.poll(() => heard).toContainEqual({ id: 'short', exit: 4 });
    expect(heard).toContainEqual({ id: 'short', stream: 'stdout', data: 'hi\n' });
    socket.send(JSON.stringify({ id: 'long', cancel: true }));
    await expect.poll(() => heard).toContainEqual({ id: 'long', error: 'context canceled' });
    socket.close();
  });

  test('is a terminal with a size that can change', async () => {
    const { connect } = await newSandbox();
    const socket = connect('/exec/pty?rows=40&cols=120');
    let screen = '';
    const told: string[] = [];
    socket.on('message', (data, binary) => {
      if (binary) screen += String(data);
      else told.push(String(data));
    });
    await once(socket, 'open');
    socket.send(Buffer.from('stty size\n'));
    await expect.poll(() => screen).toContain('40 120');
    socket.send(JSON.stringify({ resize: { rows: 10, cols: 20 } }));
    socket.send(Buffer.from('stty size\n'));
    await expect.poll(() => screen).toContain('10 20');
    socket.send(Buffer.from('exit 5\n'));
    await once(socket, 'close');
    expect(told).toEqual(['{"exit":5}']);
  });

  test('is nobody else’s, and nothing without a handshake', async () => {
    const { connect, call } = await newSandbox();
    const [error] = await once(connect('/exec/pty', newWorkspace()), 'error');
    expect(String(error)).toContain('404');
    expect((await call('/exec/pty')).status).toBe(400);
  });
});

describe('a port', () => {
  test('is found, named and reached over HTTP and WebSocket', async () => {
    const { sandbox, call, connect } = await newSandbox();
    await sandbox.filesystem.write('/server.js', SERVER);
    await sandbox.exec('node server.js >port.log 2>&1 &');
    await expect.poll(async () => sandbox.exec('cat port.log').then(({ stdout }) => stdout)).toMatch(/\d+/);
    const port = Number((await sandbox.exec('cat port.log')).stdout);
    const named = await call('/ports', json({ port, label: 'web' }));
    expect(await named.json()).toMatchObject({ port, label: 'web', proxy_url: `/v1/sandboxes/${sandbox.id}/proxy/${port}/` });
    expect(await (await call('/ports')).json()).toEqual([expect.objectContaining({ port, listening: true, source: 'user' })]);
    const answer = await call(`/proxy/${port}/a%2Fb?q=1`, { headers: { authorization: 'Bearer x', 'x-other': 'y' } });
    const { url, headers } = (await answer.json()) as { url: string; headers: Record<string, string> };
    expect([answer.status, url, headers['x-fcs-sandbox']]).toEqual([201, '/a%2Fb?q=1', sandbox.id]);
    expect(headers).toMatchObject({ 'x-other': 'y' });
    expect(headers).not.toHaveProperty('authorization');
    const socket = connect(`/proxy/${port}/socket`);
    const [data] = await once(socket, 'message');
    expect(String(data)).toBe('hi');
    socket.terminate();
  });

  test('where nobody listens answers 502', async () => {
    const { call } = await newSandbox();
    expect((await call('/proxy/1/')).status).toBe(502);
    expect((await call('/proxy/0/')).status).toBe(400);
  });
});

test.runIf(process.platform === 'linux')('metrics tell what the processes of the sandbox use', async () => {
  const { sandbox, call } = await newSandbox();
  await sandbox.exec('sleep 600 >/dev/null 2>&1 &');
  expect(await (await call('/metrics')).json()).toMatchObject({ pid: expect.any(Number), threads: 1 });
  expect((await (await call('/metrics')).json()).host_rss_bytes).toBeGreaterThan(0);
});

/** Tells what it was asked, and greets a WebSocket with the frame "hi" by hand. */
const SERVER = `
const { createHash } = require('node:crypto');
const server = require('node:http').createServer((request, response) => {
  response.writeHead(201).end(JSON.stringify({ url: request.url, headers: request.headers }));
});
server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept + '\\r\\n\\r\\n');
  socket.write(Buffer.from([0x81, 2, 0x68, 0x69]));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
