import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { trackInFlight } from './in-flight';

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.closeAllConnections());
  return (server.address() as AddressInfo).port;
}

function open(port: number): { socket: Socket; everything: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  const everything = new Promise<string>((resolve) => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
  });
  return { socket, everything };
}

it('a connection without a request is ended at once, one with a request after its answer', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => arrived.resolve(response));
  const { endConnections } = trackInFlight(server);
  const port = await listening(server);
  const idle = open(port);
  const busy = open(port);
  busy.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const response = await arrived.promise;
  const closed = new Promise((resolve) => server.close(resolve));
  endConnections();
  expect(await idle.everything).toBe('');
  response.end('the whole answer');
  expect(await busy.everything).toMatch(/Connection: close[\s\S]*the whole answer/i);
  await closed;
});

it('a connection whose answer had begun is ended by the next sweep', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => {
    response.write('first half, ');
    arrived.resolve(response);
  });
  const { endConnections } = trackInFlight(server);
  const port = await listening(server);
  const busy = open(port);
  busy.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const response = await arrived.promise;
  endConnections();
  response.once('close', endConnections).end('second half');
  expect(await busy.everything).toMatch(/first half, [\s\S]*second half/);
});
