import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** A request as it came over the wire. */
export interface Arrival {
  method: string;
  /** Undecoded, query included. */
  path: string;
  /** Names as they were written, in their order, repeated ones too. */
  rawHeaders: [name: string, value: string][];
  headers: IncomingMessage['headers'];
  /** Settles when the whole body is there; never when nobody reads it. */
  body: () => Promise<string>;
  /** Settles when the caller is gone, or the answer is out. */
  closed: Promise<void>;
}

export type Script = (request: IncomingMessage, response: ServerResponse, arrival: Arrival) => unknown;
export type UpgradeScript = (request: IncomingMessage, socket: Duplex, head: Buffer, arrival: Arrival) => unknown;

export interface ScriptedAgent {
  url: string;
  arrivals: Arrival[];
  /** What it does from now on; by default it tells what arrived. */
  answer(script: Script): void;
  upgrade(script: UpgradeScript): void;
  /** Sockets that are open now. */
  connections(): Promise<number>;
  /** Ends every connection at once, as a machine does that loses power. */
  close(): Promise<void>;
}

/** An agent that does what a test wants and remembers what reached it. Scripts for the common faults: scripted-faults.ts. */
export async function startScriptedAgent({ maxHeaderSize = 65_536, port = 0 } = {}): Promise<ScriptedAgent> {
  const arrivals: Arrival[] = [];
  let script: Script = tellArrival;
  let upgradeScript: UpgradeScript = echoWebSocket;
  const server = createServer({ maxHeaderSize, requestTimeout: 0 }, (request, response) => {
    const arrival = note(request, new Promise((resolve) => response.once('close', resolve)));
    arrivals.push(arrival);
    void script(request, response, arrival);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    const arrival = note(request, new Promise((resolve) => socket.once('close', () => resolve())));
    arrivals.push(arrival);
    void upgradeScript(request, socket, head, arrival);
  });
  const upgraded = new Set<Duplex>();
  server.on('connection', (socket) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    answer: (next) => {
      script = next;
    },
    upgrade: (next) => {
      upgradeScript = next;
    },
    connections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of upgraded) socket.destroy();
      }),
  };
}

function note(request: IncomingMessage, closed: Promise<void>): Arrival {
  const { rawHeaders: flat } = request;
  const rawHeaders = flat.flatMap((name, index): [string, string][] => (index % 2 ? [] : [[name, flat[index + 1] ?? '']]));
  const body = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  return { method: request.method ?? '', path: request.url ?? '', rawHeaders, headers: request.headers, body, closed };
}

/** Answers, as JSON, what arrived: method, path, headers and body. */
export const tellArrival: Script = async (_request, response, arrival) => {
  const { method, path, rawHeaders, headers } = arrival;
  const told = JSON.stringify({ method, path, rawHeaders, headers, body: await arrival.body() });
  response.writeHead(200, { 'content-type': 'application/json' }).end(told);
};

const sockets = new WebSocketServer({ noServer: true });

/** First frame: what arrived, as JSON. Then every frame back, text as text and bytes as bytes; "close" closes with 4000. */
export const echoWebSocket: UpgradeScript = (request, socket, head, { path, headers, rawHeaders }) => {
  sockets.handleUpgrade(request, socket, head, (client) => {
    client.send(JSON.stringify({ path, headers, rawHeaders }));
    client.on('message', (data, binary) => {
      if (!binary && String(data) === 'close') client.close(4000, 'as asked');
      else client.send(data, { binary });
    });
  });
};
