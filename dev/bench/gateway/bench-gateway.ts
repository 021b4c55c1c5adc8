import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import WebSocket from 'ws';
import { withConnection } from '@/db/postgres';
import { type Figures, measure, median, type Target } from '../measure';
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
  console.log(`\n${'gateway, requests/s'.padEnd(24)}${'product'.padStart(26)}${'bare proxy'.padStart(26)}   ratio`);
  for (const [title, credential] of [
    ['API token', scene.credentials.apiToken],
    ['JWT', scene.credentials.accessToken],
  ] as const) {
    await compareLoad(`GET a sandbox, ${title}`, scene, { url: scene.product + path, credential });
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

async function compareLoad(title: string, scene: Scene, target: Target): Promise<void> {
  const bareTarget = { ...target, url: target.url.replace(scene.product, scene.bare) };
  const results: { product: Figures[]; bare: Figures[] } = { product: [], bare: [] };
  await measure(target, WARM_UP_SECONDS);
  await measure(bareTarget, WARM_UP_SECONDS);
  for (let round = 0; round < scene.rounds; round++) {
    results.bare.push(await measure(bareTarget, scene.seconds));
    results.product.push(await measure(target, scene.seconds));
  }
  const [ours, theirs] = [median(results.product), median(results.bare)];
  const cell = ({ perSecond, p50Ms, p99Ms }: Figures) => `${Math.round(perSecond)} (p50 ${p50Ms}, p99 ${p99Ms} ms)`.padStart(26);
  console.log(`${title.padEnd(24)}${cell(ours)}${cell(theirs)}   ${(ours.perSecond / theirs.perSecond).toFixed(2)}`);
}

async function compareTimes(
  title: string,
  { rounds }: Scene,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<void> {
  const results: [number, number][] = [];
  for (let round = 0; round < rounds; round++) results.push([await ours(), await theirs()]);
  const middle = (side: 0 | 1) => results.map((pair) => pair[side]).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const [product, bare] = [middle(0), middle(1)];
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
