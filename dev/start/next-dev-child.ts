import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import next from 'next';
import { boot, shutdown } from '@/lib/boot';
import { ConfigError, config } from '@/lib/config';
import { endOpenCalls } from '@/lib/gateway/open-calls';
import { printedSetupCode } from '@/lib/setup/open-setup';
import { createGateway } from '@/server/gateway/gateway';
import { trackInFlight } from '@/server/in-flight';
import { runUntilSignal } from '@/server/run-until-signal';
import { vendorReference } from '../build/vendor-reference';

const EXIT_CONFIG = 78;

/** `next dev` with this product's beginning and end around it. /v1 is routed by Next here, from the same files, but for the gateway. */
async function main(): Promise<void> {
  const root = join(import.meta.dirname, '..', '..');
  vendorReference(root);
  const { port, hostname, dashboardUrl } = config();
  const server = createServer();
  const running = { server, inFlight: trackInFlight(server), endStreams: endOpenCalls };
  runUntilSignal(() => running);
  await boot();
  const pages = next({ dev: true, dir: root, port, hostname, httpServer: server });
  await pages.prepare();
  const answer = pages.getRequestHandler();
  const gateway = createGateway(dashboardUrl);
  server.on('request', (request, response) => {
    if (!gateway.answer(request, response)) void answer(request, response);
  });
  // All others are Next's own, for live reload.
  server.on('upgrade', (request, socket, early) => {
    if (request.url?.startsWith('/v1/')) gateway.upgrade(request, socket, early);
  });
  server.listen(port, hostname, () => process.send?.({ ready: true, setupCode: printedSetupCode() }));
}

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await shutdown();
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
});
