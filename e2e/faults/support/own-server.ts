import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that one test takes away and brings back, at the same address. */
export interface OwnServer {
  url: string;
  /** From now on connections to it are refused, and those it had are lost. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

/** Answers on loopback until the test is over; with `tls` over https. */
export async function ownServer(answer: RequestListener, tls?: Pick<ServerOptions, 'key' | 'cert'>): Promise<OwnServer> {
  let server: Server;
  let port = 0;
  const start = async () => {
    server = tls ? createSecureServer(tls, answer) : createServer(answer);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  await start();
  onTestFinished(stop);
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, start, stop };
}
