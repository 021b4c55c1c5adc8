import { Agent, createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

/** The least that passes a call on: a bare node:http proxy that asks nobody who is calling. The measure for the gateway. */
const agent = new Agent({ keepAlive: true });
const port = Number(process.env.BENCH_AGENT_PORT);

const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => {
  const { method, headers, url } = incoming;
  const path = url?.replace(/^\/v1/, '');
  const onward = forward({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
