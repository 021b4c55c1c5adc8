import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Call } from './call';

const PING_MS = 20_000;

const server = new WebSocketServer({ noServer: true });

/** Completes the handshake and keeps the connection alive with a ping now and then. `use` runs before the first frame is read. */
export function acceptWebSocket({ request }: Call, [socket, head]: [Duplex, Buffer], use: (client: WebSocket) => void): void {
  server.handleUpgrade(request, socket, head, (client) => {
    const timer = setInterval(() => client.ping(), PING_MS).unref();
    client.on('close', () => clearInterval(timer));
    client.on('error', () => client.terminate());
    use(client);
  });
}
