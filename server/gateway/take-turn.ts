import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Clients that send before they were answered (RFC 9112, section 9.3.2) send a few calls ahead, not hundreds. */
const MOST_WAITING = 32;
const waiting = new WeakMap<Socket, number>();

/**
 * Begins a call when it is the first of its connection that is not answered: never for a client that leaves before, nor before what
 * it may build upon is done.
 */
export function takeTurn({ socket }: IncomingMessage, outgoing: ServerResponse, begin: () => void): void {
  if (outgoing.socket) {
    begin();
    return;
  }
  const ahead = waiting.get(socket) ?? 0;
  if (ahead >= MOST_WAITING) {
    socket.destroy();
    return;
  }
  waiting.set(socket, ahead + 1);
  outgoing.once('socket', () => {
    waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
    begin();
  });
}
