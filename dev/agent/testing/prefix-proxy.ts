import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least of a gateway: takes /v1 off and says whose request it is, so that the SDK can speak to an agent. */
export async function startPrefixProxy(endpoint: string, headers: Record<string, string>) {
  const server = createServer((request, response) => {
    const path = request.url?.replace(/^\/v1/, '');
    const onward = forward(endpoint + path, { method: request.method, headers: { ...request.headers, ...headers } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward).on('error', () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
