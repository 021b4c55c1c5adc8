import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What a server is answering at the moment, so that it can end without cutting an answer short. */
export interface InFlight {
  /** From now on each answer that has not begun is the last on its connection. */
  closeAfterAnswers(): void;
  /** Ends each connection: at once when it is waiting for a request, after its answer when it has one. */
  endConnections(): void;
}

/** Node's own closeIdleConnections() leaves connections that never sent a request, such as browsers open ahead of need. */
export function trackInFlight(server: Server): InFlight {
  const sockets = new Set<Socket>();
  const answers = new Map<Socket, ServerResponse>();
  let ending = false;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    answers.set(socket, response);
    if (ending) response.setHeader('connection', 'close');
    response.on('close', () => answers.delete(socket));
  });
  // From here on it belongs to the gateway, which ends it with a word.
  server.prependListener('upgrade', ({ socket }) => sockets.delete(socket));
  const closeAfterAnswers = () => {
    ending = true;
    for (const answer of answers.values()) if (!answer.headersSent) answer.setHeader('connection', 'close');
  };
  return {
    closeAfterAnswers,
    endConnections() {
      closeAfterAnswers();
      for (const socket of sockets) if (!answers.has(socket)) socket.end();
    },
  };
}
