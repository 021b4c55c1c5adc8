import type { Server } from 'node:http';
import process from 'node:process';
import { boot, shutdown } from '@/lib/boot';
import { type Config, ConfigError } from '@/lib/config';
import { DataDirInUse, DataDirUnusable } from '@/lib/data-dir-lock';
import { tellFindings } from '@/lib/doctor/tell-findings';
import { endOpenCalls } from '@/lib/gateway/open-calls';
import { startServing, startStarting } from '@/lib/health/process-state';
import { createApiApp } from './api-app';
import { createGateway } from './gateway/gateway';
import { createHttpServer } from './http-server';
import { trackInFlight } from './in-flight';
import { CannotListen, listen } from './listen';
import { createMetricsServer } from './metrics-server';
import type { NodeListener } from './next-pages';
import { type Running, runUntilSignal } from './run-until-signal';

const EXIT_CONFIG = 78;
const RETRY_AFTER_SECONDS = 5;

/**
 * Listens at once, so that probes are answered while a store is away, and resolves when everything is open. Throws ConfigError,
 * DataDirInUse, DataDirUnusable, CannotListen, or what a store says.
 */
export async function serve(settings: Config, openPages: () => Promise<NodeListener>): Promise<Server> {
  let running: Running | undefined;
  let pages = tellStarting;
  runUntilSignal(() => running);
  startStarting();
  const server = createHttpServer({
    api: createApiApp(settings.dashboardUrl),
    pages: (request, response) => pages(request, response),
    gateway: createGateway(settings.dashboardUrl),
  });
  running = { server, inFlight: trackInFlight(server), endStreams: endOpenCalls };
  void tellFindings(process.env);
  await Promise.all([boot(), listen(server, settings, 'PORT'), listenForMetrics(settings)]);
  pages = await openPages();
  startServing();
  return server;
}

async function listenForMetrics({ metricsListen }: Config): Promise<void> {
  if (metricsListen) await listen(createMetricsServer(), metricsListen, 'PANDASTACK_METRICS_LISTEN');
}

const tellStarting: NodeListener = async (_request, response) => {
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store', 'retry-after': String(RETRY_AFTER_SECONDS) };
  response.writeHead(503, headers).end('PandaStack is starting; try again in a few seconds\n');
};

/** Ends a process that could not start, with the reason on its terminal. */
export async function endFailedStart(error: unknown): Promise<never> {
  console.error(explain(error));
  await shutdown();
  process.exit(error instanceof ConfigError || error instanceof DataDirUnusable ? EXIT_CONFIG : 1);
}

/** What stands on the terminal of whoever started this; everything else goes to the log. */
function explain(error: unknown): string {
  if ([ConfigError, DataDirInUse, DataDirUnusable, CannotListen].some((kind) => error instanceof kind))
    return (error as Error).message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EROFS') return `PANDASTACK_DATA_DIR cannot be written to (${code}): name a folder that can`;
  return error.stack ?? error.message;
}
