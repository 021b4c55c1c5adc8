import type { Server } from 'node:http';
import process from 'node:process';
import { shutdown } from '@/lib/boot';
import { isDraining, startDraining } from '@/lib/health/process-state';
import { logger } from '@/lib/log';
import type { InFlight } from './in-flight';

/** How long load balancers may still come in to be told by /readyz, and requests on their way to be answered. */
const LISTEN_ON_MS = 1_000;
const IN_FLIGHT_MS = 9_000;
/** Streams and terminals end by themselves within this, or are told to: their clients come back to another server. */
const STREAMS_MS = 4_000;
const STORES_MS = 10_000;
const SWEEP_MS = 50;

export interface Running {
  server: Server;
  inFlight: InFlight;
  /** Ends what would go on for ever. */
  endStreams: () => void;
}

/** Ends this process in order on SIGTERM, SIGINT, or when the parent that started it with an IPC channel is gone. */
export function runUntilSignal(running: () => Running | undefined): void {
  const end = (why: string, how: Partial<Ending> = {}) => void endProcess(running(), { why, exitCode: 0, listenOnMs: 0, ...how });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isDraining()) process.exit(1); // Told twice: at once.
      end(signal, { listenOnMs: signal === 'SIGTERM' ? LISTEN_ON_MS : 0 });
    });
  }
  process.on('disconnect', () => end('the parent process is gone'));
  // One request's forgotten promise is not worth everybody's connections; a broken process is.
  process.on('unhandledRejection', (error) => logger().error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    if (isLostWrite(error))
      return void logger().warn({ err: error }, 'the driver of Postgres wrote to a connection that was gone');
    logger().fatal({ err: error }, 'uncaught exception');
    end('an uncaught exception', { exitCode: 1 });
  });
}

/**
 * postgres.js throws this beside every request when a connection ends between a query and its write: the query itself is told by its
 * own error or its deadline, and ending for it would turn each restart of Postgres into one of ours.
 */
function isLostWrite({ message, stack = '' }: Error): boolean {
  return message === "Cannot read properties of null (reading 'write')" && /at Immediate\.nextWrite/.test(stack);
}

interface Ending {
  why: string;
  exitCode: number;
  listenOnMs: number;
}

async function endProcess(running: Running | undefined, { why, exitCode, listenOnMs }: Ending): Promise<void> {
  if (isDraining()) return;
  startDraining();
  logger().info({ why }, 'ending: finishing what is in flight');
  running?.inFlight.closeAfterAnswers();
  if (running?.server.listening) await after(listenOnMs);
  if (running) await closeServer(running);
  await Promise.race([shutdown(), after(STORES_MS)]);
  logger().info('ended');
  process.exit(exitCode);
}

/** No new connections; resolves when the last answer is out, or when its time is up. */
async function closeServer({ server, inFlight, endStreams }: Running): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Repeated for connections whose answer had begun before: they are kept alive, and idle from then on.
  const sweep = setInterval(() => inFlight.endConnections(), SWEEP_MS);
  inFlight.endConnections();
  await Promise.race([closed, after(STREAMS_MS)]);
  endStreams();
  await Promise.race([closed, after(IN_FLIGHT_MS - STREAMS_MS)]);
  clearInterval(sweep);
  server.closeAllConnections();
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
