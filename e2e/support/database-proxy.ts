import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** Stands between the product and Postgres and does to their traffic what networks do. */
export interface DatabaseProxy {
  /** What the product connects to instead. */
  url: string;
  /** From now on some pieces of traffic wait, up to this long, in order within their direction. */
  delayUpTo: (milliseconds: number) => void;
  /** While on, connections are taken and everything sent over them disappears. */
  blackhole: (on: boolean) => void;
  /** Ends every connection at once, as a failover does. */
  cut: () => void;
  /** Ends the connections alone that wait for an answer of the database. */
  cutWaiting: () => void;
  /** Connections open at the moment. */
  connections: () => number;
  close: () => Promise<void>;
}

/** One piece of traffic in this many waits; the others show what happens when only one of two is late. */
const LATE_ONE_IN = 8;

interface Weather {
  delayMs: number;
  swallow: boolean;
}

/** Starts a proxy on loopback in front of the database of a URL. `random` decides who waits how long. */
export async function startDatabaseProxy(databaseUrl: string, random: () => number = Math.random): Promise<DatabaseProxy> {
  const weather: Weather = { delayMs: 0, swallow: false };
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  const upstream = addressOf(databaseUrl);
  const server = createServer({ noDelay: true }, (client) => {
    const database = connect(upstream);
    client.on('data', () => waiting.add(client)).on('close', () => waiting.delete(client));
    database.on('data', () => waiting.delete(client));
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
      forward(from, to, () => (weather.swallow ? 'swallow' : delayOf(weather, random)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: urlThrough(databaseUrl, server.address() as AddressInfo),
    delayUpTo: (milliseconds) => {
      weather.delayMs = milliseconds;
    },
    blackhole: (on) => {
      weather.swallow = on;
    },
    cut,
    cutWaiting: () => {
      for (const socket of waiting) socket.destroy();
    },
    connections: () => sockets.size / 2,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function delayOf({ delayMs }: Weather, random: () => number): number {
  return delayMs > 0 && random() * LATE_ONE_IN < 1 ? random() * delayMs : 0;
}

/** Pieces are never reordered: one that waits holds up those behind it. */
function forward(from: Socket, to: Socket, fate: () => number | 'swallow'): void {
  let tail: Promise<void> | undefined;
  const after = (milliseconds: number, act: () => void) => {
    const waited = (tail ?? Promise.resolve()).then(() => pause(milliseconds));
    const mine = waited.then(act);
    tail = mine;
    void mine.then(() => {
      if (tail === mine) tail = undefined;
    });
  };
  from.on('data', (piece) => {
    const delay = fate();
    if (delay === 'swallow') return;
    if (delay === 0 && !tail) to.write(piece);
    else after(delay, () => void to.write(piece));
  });
  from.on('end', () => after(0, () => void to.end()));
}

function pause(milliseconds: number): Promise<void> | undefined {
  return milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : undefined;
}

/** libpq's `?host=` names the folder of a unix socket. */
function addressOf(databaseUrl: string): { path: string } | { host: string; port: number } {
  const url = new URL(databaseUrl);
  const folder = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  return folder ? { path: join(folder, `.s.PGSQL.${port}`) } : { host: url.hostname, port };
}

function urlThrough(databaseUrl: string, { port }: AddressInfo): string {
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}
