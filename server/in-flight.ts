import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What a server is answering at the moment, so that it can end without cutting an answer short. */
export interface InFlight {
  /** From now on each answer that has not begun is the last on its connection. */
  closeAfterAnswers(): void;
  /** Ends each connection: at once when it is waiting for a request, after its answer when it has one. */
  endConnections(): void;
}

interface Connection {
  /** What it is being answered with; undefined while it waits for a request. */
  answer: ServerResponse | undefined;
}

/** Node's own closeIdleConnections() leaves connections that never sent a request, such as browsers open ahead of need. */
export function trackInFlight(server: Server): InFlight {
  // Changed with connections alone. A Map that every request enters and leaves leaves tables behind in which V8's scavenger finds each
  // request alive, one generation long.
  const connections = new Map<Socket, Connection>();
  let ending = false;
  server.on('connection', (socket: Socket) => {
    connections.set(socket, { answer: undefined });
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (connection) connection.answer = response;
    if (ending) response.setHeader('connection', 'close');
    response.on('close', () => {
      if (connection?.answer === response) connection.answer = undefined;
    });
  });
  // From here on it belongs to the gateway, which ends it with a word.
  server.prependListener('upgrade', ({ socket }) => connections.delete(socket));
  const closeAfterAnswers = () => {
    ending = true;
    for (const { answer } of connections.values()) if (answer && !answer.headersSent) answer.setHeader('connection', 'close');
  };
  return {
    closeAfterAnswers,
    endConnections() {
      closeAfterAnswers();
      for (const [socket, { answer }] of connections) if (!answer) socket.end();
    },
  };
}
