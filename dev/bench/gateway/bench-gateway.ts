import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import WebSocket from 'ws';
import { withConnection } from '@/db/postgres';
import { announce, compare, middle } from '../measure';
import { type Endpoint, firstByteMs, latencyMs, open } from './measure-calls';

/** Both sides are compiled while they run; what is measured is how they run after that. */
const WARM_UP_SECONDS = 6;
const STREAMS = 1_000;
const SOCKETS = 200;
const OPEN_MS = 20_000;
const UPLOAD_BYTES = 2 * 2 ** 30;

interface Scene {
  /** The product's and the bare proxy's addresses. */
  product: string;
  bare: string;
  databaseUrl: string;
  agentPort: number;
  credentials: { accessToken: string; apiToken: string };
  rounds: number;
  seconds: number;
  /** The resident memory of the product, in MB. */
  megabytes: () => number;
  bareMegabytes: () => number;
}

/** The gateway beside a bare node:http proxy, in turns: calls, the first byte of a stream, many streams at once, a large upload. */
export async function benchGateway(scene: Scene): Promise<void> {
  const sandbox = await holdSandbox(scene);
  const path = `/v1/sandboxes/${sandbox}`;
  announce('gateway, requests/s', 'bare proxy');
  for (const [title, credential] of [
    ['API token', scene.credentials.apiToken],
    ['JWT', scene.credentials.accessToken],
  ] as const) {
    await compare({
      title: `GET a sandbox, ${title}`,
      product: { url: scene.product + path, credential },
      bare: { url: scene.bare + path, credential },
      rounds: scene.rounds,
      seconds: scene.seconds,
      warmUpSeconds: WARM_UP_SECONDS,
    });
  }
  const product = { url: scene.product, path, credential: scene.credentials.apiToken };
  const bare = { ...product, url: scene.bare };
  await compareTimes(
    'one call after the other',
    scene,
    () => latencyMs(product, 1_000),
    () => latencyMs(bare, 1_000),
  );
  const stream = (endpoint: Endpoint) => ({ ...endpoint, path: `${path}/events` });
  await compareTimes(
    'first byte of a stream',
    scene,
    () => firstByteMs(stream(product), 200),
    () => firstByteMs(stream(bare), 200),
  );
  await holdOpen(stream(product), scene.megabytes);
  const large = { path: `${path}/fs?path=/large` };
  await upload('product', { ...product, ...large }, scene.megabytes);
  await upload('bare proxy', { ...bare, ...large }, scene.bareMegabytes);
}

/** The rows an agent would have written. */
async function holdSandbox({ databaseUrl, agentPort }: Scene): Promise<string> {
  const id = randomUUID();
  await withConnection(databaseUrl, async (database) => {
    await database.execute(
      sql`insert into agents (id, endpoint, region) values ('bench', ${`http://127.0.0.1:${agentPort}`}, 'local')`,
    );
    await database.execute(sql`insert into leases (sandbox_id, agent_id, workspace_id, expires_at)
      select ${id}, 'bench', id::text, now() + interval '1 hour' from orgs limit 1`);
  });
  return id;
}

async function compareTimes(
  title: string,
  { rounds }: Scene,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<void> {
  const results: { product: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round++) results.push({ product: await ours(), bare: await theirs() });
  const product = middle(results.map((round) => round.product));
  const bare = middle(results.map((round) => round.bare));
  console.log(
    `${title.padEnd(26)} product ${product.toFixed(3)} ms, bare proxy ${bare.toFixed(3)} ms, added ${(product - bare).toFixed(3)} ms`,
  );
}

/** Streams and sockets that are open at one time, each with an event a second. */
async function holdOpen(stream: Endpoint, megabytes: () => number): Promise<void> {
  const before = megabytes();
  let events = 0;
  const count = () => {
    events += 1;
  };
  const streams = await Promise.all(Array.from({ length: STREAMS }, () => open(stream)));
  for (const one of streams) one.on('data', count);
  const address = `${stream.url.replace('http', 'ws')}${stream.path.replace(/\/events$/, '/exec/ws')}`;
  const headers = { authorization: `Bearer ${stream.credential}` };
  const sockets = Array.from({ length: SOCKETS }, () => new WebSocket(address, { headers }));
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  for (const socket of sockets) socket.on('message', count);
  const opened = megabytes();
  await new Promise((resolve) => setTimeout(resolve, OPEN_MS));
  const after = megabytes();
  for (const one of streams) one.destroy();
  for (const socket of sockets) socket.terminate();
  console.log(
    `${STREAMS} streams, ${SOCKETS} sockets   ${before} MB before, ${opened} MB with all open, ${after} MB after ${OPEN_MS / 1_000} s and ${events} events`,
  );
}

async function upload(title: string, endpoint: Endpoint, megabytes: () => number): Promise<void> {
  const chunk = Buffer.alloc(256 * 1_024);
  const before = megabytes();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 250);
  const startedAt = performance.now();
  const answer = await open(endpoint, { method: 'PUT', headers: { 'content-length': UPLOAD_BYTES } }, (asked) => {
    let left = UPLOAD_BYTES / chunk.length;
    const write = () => {
      while (left > 0) {
        left -= 1;
        if (!asked.write(chunk)) return void asked.once('drain', write);
      }
      asked.end();
    };
    write();
  });
  let body = '';
  for await (const part of answer) body += part;
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (JSON.parse(body).bytes !== UPLOAD_BYTES) throw new Error(`the upload arrived as ${body}`);
  console.log(
    `an upload of 2 GiB, ${title.padEnd(10)} ${seconds.toFixed(1)} s, ${before} MB before, at most ${most - before} MB more during it`,
  );
}
