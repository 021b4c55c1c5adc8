import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { WebSocketServer } from 'ws';

/** An agent that does nothing but answer, so that what is measured is the way to it. */
const EVENT = `event: line\ndata: ${JSON.stringify({ line: 'x'.repeat(80) })}\n\n`;
const BODY = JSON.stringify({ id: 'sandbox', status: 'running', template: 'base', cpu: 2, memory_mb: 1_024 });

const server = createServer({ requestTimeout: 0 }, (request, response) => {
  if (request.method === 'PUT') {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ bytes })));
    return;
  }
  if (!request.url?.endsWith('/events')) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length }).end(BODY);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(EVENT);
  const timer = setInterval(() => response.write(EVENT), 1_000);
  response.on('close', () => clearInterval(timer));
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => {
  const timer = setInterval(() => socket.send('x'.repeat(80)), 1_000);
  socket.on('close', () => clearInterval(timer));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
