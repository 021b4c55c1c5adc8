import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { boot, shutdown } from './lib/boot';
import { type Config, ConfigError, config } from './lib/config';
import { DataDirInUse } from './lib/data-dir-lock';
import { logger } from './lib/log';
import { printedSetupCode } from './lib/setup/open-setup';
import { createApiApp } from './server/api-app';
import { createHttpServer } from './server/http-server';
import { trackInFlight } from './server/in-flight';
import { openNextPages } from './server/next-pages';
import { type Running, runUntilSignal } from './server/run-until-signal';

const EXIT_CONFIG = 78;

/** The one entry of the built product. */
async function main(): Promise<void> {
  const settings = config(); // Before the change of folder: a relative PANDASTACK_DATA_DIR is the caller's.
  const dir = import.meta.dirname;
  if (!existsSync(join(dir, '.next', 'BUILD_ID'))) throw new Error(`There is no built product in ${dir}: run "npm run build".`);
  process.chdir(dir);
  let running: Running | undefined;
  runUntilSignal(() => running);
  await boot();
  const pages = await openNextPages({ dir, ...settings });
  const server = createHttpServer(createApiApp(settings.dashboardUrl), pages);
  running = { server, inFlight: trackInFlight(server) };
  await listen(server, settings);
  const address = server.address();
  logger().info(
    { address, mode: settings.mode, pid: process.pid, startedInMs: Math.round(performance.now()) },
    'PandaStack is ready',
  );
  process.send?.({ ready: true, address, setupCode: printedSetupCode() });
}

function listen(server: Server, { port, hostname }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => resolve());
  });
}

/** What stands on the terminal of whoever started this; everything else goes to the log. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DataDirInUse) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program: stop it, or choose another with PORT=…`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this process has: choose another with PORT=…`;
  return error.stack ?? error.message;
}

main().catch(async (error: unknown) => {
  console.error(explain(error));
  await shutdown();
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
});
