import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { closeDatabase, db, openDatabaseAt } from '@/db/postgres';
import { leases } from '@/db/schema';
import { startDatabaseProxy } from '@/e2e/support/database-proxy';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { migratedDatabase } from '@/e2e/support/test-database';
import { join } from '@/e2e/support/test-people';
import { ownProject, personAt, roundsOr, runOn, until } from './support/faulty-world';
import { ownAgent } from './support/own-agent';

const AWAY_MS = 5_000;
const CREATES_A_ROUND = 40;

/** A product, an agent and a sandbox on it, each in a process of its own but the last. */
async function standIn() {
  const project = await ownProject();
  const database = await migratedDatabase();
  onTestFinished(database.drop);
  await openDatabaseAt(database.url);
  onTestFinished(closeDatabase);
  const proxy = await startDatabaseProxy(database.url);
  onTestFinished(proxy.close);
  const replica = await runOn(proxy.url, project);
  const owner = personAt(replica.url, project);
  const { body: org } = await owner.call('POST', '/v1/orgs', { name: 'Running' });
  const agent = await ownAgent();
  const agentId = await enlist({ url: agent.url });
  const sandbox = await holdSandbox({ agentId, workspace: org.id });
  return { project, proxy, replica, owner: { ...owner, org }, agent, sandbox };
}
type World = Awaited<ReturnType<typeof standIn>>;
type Caller = { token: string };

/** A call over a connection of its own that is told step by step. */
function begin(base: string, { token }: Caller, [method, path]: [string, string]): ClientRequest {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sending = requestHttp(`${base}/v1${path}`, { method, agent: false, headers });
  sending.on('error', () => {});
  return sending;
}

const CUT_OFF = 'cut off';

async function headOf(sending: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  return answer;
}

const bodyOf = (answer: IncomingMessage) => text(answer).catch(() => CUT_OFF);

/** Status 0 stands for no answer. */
async function answerOf(sending: ClientRequest): Promise<[status: number, body: string]> {
  const answer = await headOf(sending).catch(() => undefined);
  return answer ? [answer.statusCode ?? 0, await bodyOf(answer)] : [0, ''];
}

/** One of each kind of call that takes long, each of them under way. */
async function openAll({ replica: { url }, sandbox }: World, caller: Caller) {
  const at = `/sandboxes/${sandbox}`;
  const stream = begin(url, caller, ['GET', `${at}/logs?follow=1`]);
  const download = begin(url, caller, ['GET', `${at}/fs?path=/large`]);
  const upload = begin(url, caller, ['PUT', `${at}/fs?path=/large`]);
  const command = begin(url, caller, ['POST', `${at}/exec`]);
  stream.end();
  download.end();
  upload.write('the first bytes');
  command.end('{"cmd":"sleep 1d"}');
  const logsAnswer = headOf(stream);
  const fileAnswer = headOf(download);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1${at}/exec/ws`, {
    headers: { authorization: `Bearer ${caller.token}` },
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'message');
  const [logs, file] = await Promise.all([logsAnswer, fileAnswer]);
  return {
    /** How each of them ended. */
    async ends() {
      const [told, wholeFile, [uploadStatus], [commandStatus], code] = await Promise.all([
        bodyOf(logs),
        finished(file.resume()).then(
          () => true,
          () => false,
        ),
        answerOf(upload),
        answerOf(command),
        closed,
      ]);
      const streamCode = /event: error\ndata: .*"code":"(\w+)"/.exec(told)?.[1];
      return { streamCode, wholeFile, uploadStatus, commandStatus, code };
    },
    leave() {
      for (const one of [stream, download, upload, command]) one.destroy();
      socket.terminate();
    },
    logs,
  };
}

it('a machine that loses its power is told to everybody who waits for it, and is used again when it is back', async () => {
  const world = await standIn();
  const { owner, agent, sandbox, replica } = world;
  const calls = await openAll(world, owner);
  const ends = calls.ends();
  await agent.kill();
  expect(await ends).toEqual({
    streamCode: 'agent_unreachable',
    wholeFile: false,
    uploadStatus: 502,
    commandStatus: 502,
    code: 1014,
  });
  expect((await owner.call('GET', `/v1/sandboxes/${sandbox}`)).status).toBe(502);
  await ownAgent(new URL(agent.url).port);
  await until(
    ({ status }) => status === 200,
    () => owner.call('GET', `/v1/sandboxes/${sandbox}`),
  );
  expect(replica.errors().filter((line) => !line.includes('agent_unreachable'))).toEqual([]);
});

it('a server that is told to end tells everybody whose calls it ends, lets go of the machines and is gone', async () => {
  const world = await standIn();
  const calls = await openAll(world, world.owner);
  const ends = calls.ends();
  world.replica.kill('SIGTERM');
  expect(await ends).toEqual({
    streamCode: 'capacity_unavailable',
    wholeFile: false,
    uploadStatus: 503,
    commandStatus: 503,
    code: 1001,
  });
  expect(await world.replica.exited).toBe(0);
  await expect.poll(world.agent.connections).toBe(0);
});

it('a server that is killed amid creates leaves no sandbox it told of without its owner', async () => {
  const world = await standIn();
  for (let round = 0; round < roundsOr(2); round++) {
    const { url, kill, exited } = round === 0 ? world.replica : await runOn(world.proxy.url, world.project);
    const told: string[] = [];
    const creates = Array.from({ length: CREATES_A_ROUND }, async () => {
      const sending = begin(url, world.owner, ['POST', '/sandboxes']);
      sending.end('{"template":"base"}');
      const [status, body] = await answerOf(sending);
      if (status === 201 && body !== CUT_OFF) told.push(JSON.parse(body).id);
    });
    const enough = Math.floor(Math.random() * CREATES_A_ROUND);
    await expect.poll(() => told.length, { interval: 1 }).toBeGreaterThanOrEqual(enough);
    kill('SIGKILL');
    await exited;
    await Promise.all(creates);
    const held = await db().select({ id: leases.sandboxId, workspace: leases.workspaceId }).from(leases);
    const owned = held.filter(({ workspace }) => workspace === world.owner.org.id).map(({ id }) => id);
    expect(told.filter((id) => !owned.includes(id))).toEqual([]);
  }
});

it('streams go on while Postgres is away for a while, and end within seconds of a removal after it', async () => {
  const world = await standIn();
  const member = personAt(world.replica.url, world.project);
  await join(world.owner, member);
  const calls = await openAll(world, member);
  let came = '';
  calls.logs.on('data', (chunk) => {
    came += chunk;
  });
  world.proxy.blackhole(true);
  const before = came.length;
  const refused = member.call('GET', `/v1/sandboxes/${world.sandbox}`);
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
  expect(came.length).toBeGreaterThan(before);
  expect(came).not.toContain('event: error');
  world.proxy.blackhole(false);
  const { status, body } = await refused;
  expect([status, body.code]).toEqual([503, 'dependency_unavailable']);
  await until(
    ({ status }) => status === 200,
    () => member.call('GET', `/v1/sandboxes/${world.sandbox}`),
  );
  expect(came).not.toContain('event: error');
  const removed = await world.owner.call('DELETE', `/v1/orgs/${world.owner.org.id}/members/${member.userId}`);
  expect(removed.status).toBe(204);
  await expect.poll(() => came, { timeout: 60_000 }).toContain('"code":"forbidden"');
  calls.leave();
});
