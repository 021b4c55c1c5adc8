import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { config } from '@/lib/config';
import { endFailedStart, serve } from '@/server/serve';

/** The product's server without its pages, in a process of its own: what server.ts opens and mounts. */
async function main(): Promise<void> {
  const server = await serve(config(), async () => async (_request, response) => {
    response.writeHead(404).end();
  });
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

main().catch(endFailedStart);
