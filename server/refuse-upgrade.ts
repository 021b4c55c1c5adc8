import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The one place where WebSocket upgrades arrive. Nothing here speaks WebSocket yet, so each is told that and closed. */
export function refuseUpgrade(_request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  const requestId = randomUUID();
  const body = JSON.stringify({ error: 'No WebSocket is served at this path', code: 'not_found', request_id: requestId });
  const head = [
    'HTTP/1.1 404 Not Found',
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: private, no-store',
    `X-Request-Id: ${requestId}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
