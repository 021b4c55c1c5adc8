import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { config } from './lib/config';
import { logger } from './lib/log';
import { printedSetupCode } from './lib/setup/open-setup';
import { openNextPages } from './server/next-pages';
import { endFailedStart, serve } from './server/serve';

/** The one entry of the built product. */
async function main(): Promise<void> {
  const settings = config(); // Before the change of folder: a relative PANDASTACK_DATA_DIR is the caller's.
  const dir = import.meta.dirname;
  if (!existsSync(join(dir, '.next', 'BUILD_ID'))) throw new Error(`There is no built product in ${dir}: run "npm run build".`);
  process.chdir(dir);
  const server = await serve(settings, () => openNextPages({ dir, ...settings }));
  const address = server.address();
  logger().info(
    { address, mode: settings.mode, pid: process.pid, startedInMs: Math.round(performance.now()) },
    'PandaStack is ready',
  );
  process.send?.({ ready: true, address, setupCode: printedSetupCode() });
}

main().catch(endFailedStart);
