import { readFileSync } from 'node:fs';
import { Server } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import next from 'next';
import { openStaticFiles, STATIC_PREFIX } from './static-files';

export type NodeListener = ReturnType<ReturnType<typeof next>['getRequestHandler']>;

interface Options {
  /** The folder that holds .next. */
  dir: string;
  port: number;
  hostname: string;
}

/** Next's own request handler over the built pages. */
export async function openNextPages({ dir, port, hostname }: Options): Promise<NodeListener> {
  const { config } = JSON.parse(readFileSync(join(dir, '.next', 'required-server-files.json'), 'utf8'));
  // Without it Next evaluates next.config.ts again and looks for the bundler, which a built product does not have.
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  // Next would listen for "upgrade" on the real server; this one never listens, so upgrades stay in one place.
  const pages = next({ dev: false, dir, port, hostname, quiet: true, httpServer: new Server() });
  await pages.prepare();
  const answer = pages.getRequestHandler();
  const files = openStaticFiles(join(dir, '.next', 'static'));
  return (request, response) => (request.url?.startsWith(STATIC_PREFIX) ? files(request, response) : answer(request, response));
}
