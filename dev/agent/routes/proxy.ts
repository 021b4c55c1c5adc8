import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { answer, type Call, Refusal, type Route, type SocketRoute, sandboxOf } from '../http/call';
import { checkPort } from './ports';

export const proxyRoutes: Route[] = [['ANY', '/sandboxes/:id/proxy/:port/*', proxy]];
export const proxySocketRoutes: SocketRoute[] = [['/sandboxes/:id/proxy/:port/*', proxySocket]];

/** To whatever listens on the port of this machine: the stand-in has no other. */
function onward(call: Call): RequestOptions {
  const sandbox = sandboxOf(call);
  const port = checkPort(Number(call.params.port));
  if (sandbox.status !== 'running') throw new Refusal(503, 'sandbox not running');
  const { method, headers, url = '' } = call.request;
  const path = url.split('/').slice(5).join('/');
  return { host: '127.0.0.1', port, method, path: `/${path}`, headers: headersFor(headers, sandbox.id, port) };
}

/** As a real agent does: the caller's Authorization stays here, and what Connection names; the rest goes on. */
function headersFor(given: IncomingHttpHeaders, id: string, port: number): IncomingHttpHeaders {
  const { authorization: _, connection, ...headers } = given;
  const named = (connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  for (const name of named) if (name !== 'upgrade') delete headers[name];
  return {
    ...headers,
    ...(headers.upgrade && { connection: 'Upgrade' }),
    host: `127.0.0.1:${port}`,
    'x-forwarded-host': given.host,
    'x-forwarded-proto': 'http',
    'x-fcs-sandbox': id,
  };
}

function proxy(call: Call): void {
  const { request: arrived, response } = call;
  const forwarded = request(onward(call), (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
    answered.on('error', () => response.destroy());
  });
  forwarded.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else answer(call, 502, { error: `upstream: ${error.message}` });
  });
  response.on('close', () => forwarded.destroy());
  arrived.pipe(forwarded);
}

/** Both ends' bytes as they come, once the program behind the port has agreed. */
function proxySocket(call: Call, socket: Duplex, head: Buffer): void {
  const forwarded = request(onward(call));
  forwarded.on('upgrade', (agreed, upstream, first) => {
    const lines = agreed.rawHeaders.flatMap((name, index, all) => (index % 2 ? [] : [`${name}: ${all[index + 1]}`]));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.write(first);
    upstream.write(head);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  const refuse = (reason: string) => socket.end(`HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n${reason}`);
  forwarded.on('response', (answered) => refuse(`upstream answered ${answered.statusCode}`));
  forwarded.on('error', (error) => refuse(`upstream: ${error.message}`));
  forwarded.end();
}
