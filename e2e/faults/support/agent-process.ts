import process from 'node:process';
import { type Script, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { sendsHugeBody, streamsForever } from '@/e2e/support/scripted-faults';

const PLENTY_BYTES = 2 ** 40;

// An agent in a process of its own, so that it can be killed as one: `tsx agent-process.ts [port]`.

/** Logs and downloads without end, uploads that are taken and commands that run for ever; a create makes a sandbox. */
const works: Script = (request, response, arrival) => {
  const { method, url = '' } = request;
  if (url.includes('/logs')) return streamsForever()(request, response, arrival);
  request.resume();
  if (url.includes('/exec')) return;
  if (method === 'GET' && url.includes('/fs')) return sendsHugeBody(PLENTY_BYTES)(request, response, arrival);
  const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  if (method === 'PUT') return void request.once('end', answer);
  if (method !== 'POST') return void answer();
  const id = `made-${process.pid}-${made++}`;
  response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id }));
};
let made = 0;

const agent = await startScriptedAgent({ port: Number(process.argv[2] ?? 0) });
agent.answer(works);
process.on('message', async () => process.send?.({ connections: await agent.connections() }));
process.on('disconnect', () => process.exit());
process.send?.({ url: agent.url });
