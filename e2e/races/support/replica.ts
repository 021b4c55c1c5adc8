import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { boot } from '@/lib/boot';
import { config } from '@/lib/config';
import { createApiApp } from '@/server/api-app';
import { createHttpServer } from '@/server/http-server';
import { trackInFlight } from '@/server/in-flight';
import { type Running, runUntilSignal } from '@/server/run-until-signal';

/** The product's server without its pages, in a process of its own: what server.ts opens and mounts, on a port that is free. */
async function main(): Promise<void> {
  let running: Running | undefined;
  runUntilSignal(() => running);
  await boot();
  const server = createHttpServer(createApiApp(config().dashboardUrl), async (_request, response) => {
    response.writeHead(404).end();
  });
  running = { server, inFlight: trackInFlight(server) };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
