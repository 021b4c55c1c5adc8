import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { NodeListener } from './next-pages';

export const STATIC_PREFIX = '/_next/static/';

/**
 * Scripts, styles and fonts of the pages, in the coding that the build made of them once and better than could be done at each request.
 * Their names change with their content, so whoever has one need never ask again.
 */
export function openStaticFiles(folder: string): NodeListener {
  const files = new Hono();
  files.use(
    `${STATIC_PREFIX}*`,
    serveStatic({
      root: folder,
      rewriteRequestPath: (path) => path.slice(STATIC_PREFIX.length),
      precompressed: true,
      onFound: (_path, { header }) => {
        header('Cache-Control', 'public, max-age=31536000, immutable');
        header('X-Content-Type-Options', 'nosniff');
      },
    }),
  );
  files.notFound((context) => context.text('Not Found', 404, { 'Cache-Control': 'no-store' }));
  const listener = getRequestListener(files.fetch, { overrideGlobalObjects: false, hostname: 'localhost' });
  return async (request, response) => listener(request, response);
}
