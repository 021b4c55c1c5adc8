import { type FileHandle, open, readFile } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type { BusEvent } from '../agent';
import { answer, type Call, Refusal, type Route, sandboxOf } from '../http/call';
import { openEventStream } from '../http/event-stream';

const POLL_MS = 250;
const REPLAY_BYTES = 4_096;
const DEFAULT_TAIL = 50;

export const logRoutes: Route[] = [
  ['GET', '/sandboxes/:id/logs', logs],
  ['GET', '/sandboxes/:id/events', events],
];

/** What stands for the machine's console: every command, and what it said. */
async function logs(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  if (call.query.get('follow') === '1') return followLogs(call);
  const content = await readFile(sandbox.console);
  call.response.writeHead(200, { 'content-type': 'text/plain' }).end(content);
}

async function followLogs(call: Call): Promise<void> {
  const { agent, response } = call;
  const sandbox = sandboxOf(call);
  const file = await open(sandbox.console);
  const { send, end, signal } = openEventStream(response);
  await send('open', { path: 'console.log' });
  let position = Math.max(0, (await file.stat()).size - REPLAY_BYTES);
  let unfinished = '';
  const decoder = new StringDecoder('utf8');
  while (!signal.aborted && agent.sandboxes.has(sandbox.id)) {
    const chunk = await readFrom(file, position);
    position += chunk.length;
    const lines = (unfinished + decoder.write(chunk)).split(/(?<=\n)/);
    unfinished = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '');
    for (const line of lines) await send('line', { line });
    if (chunk.length === 0) await pause(POLL_MS, undefined, { signal }).catch(() => {});
  }
  await file.close();
  end();
}

async function readFrom(file: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536), position });
  return buffer.subarray(0, bytesRead);
}

async function events(call: Call): Promise<void> {
  const { agent, params, query, response } = call;
  const sandbox = agent.sandboxes.get(params.id ?? '');
  if (!sandbox) throw new Refusal(404, 'not found');
  const tail = Number(query.get('tail') ?? DEFAULT_TAIL) || DEFAULT_TAIL;
  const past = sandbox.events.slice(-tail);
  if (query.get('follow') !== '1') return answer(call, 200, { events: past });
  const { send, end, signal } = openEventStream(response);
  for (const event of past) await send('event', event);
  const hear = (event: BusEvent) => {
    void send('event', event);
    if (event.type === 'sandbox.deleted') end();
  };
  sandbox.listeners.add(hear);
  signal.addEventListener('abort', () => sandbox.listeners.delete(hear));
}
