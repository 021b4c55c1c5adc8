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
  // Not in `onFound` below: that is called when the answer has its headers already.
  files.use(async (context, next) => {
    await next();
    context.header('Cache-Control', context.res.ok ? 'public, max-age=31536000, immutable' : 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    // Also on what is sent as it is, or a cache in between would give that to everybody.
    context.header('Vary', 'Accept-Encoding');
  });
  const rewriteRequestPath = (path: string) => path.slice(STATIC_PREFIX.length);
  files.use(`${STATIC_PREFIX}*`, serveStatic({ root: folder, rewriteRequestPath, precompressed: true }));
  files.notFound((context) => context.text('Not Found', 404));
  const listener = getRequestListener(files.fetch, { overrideGlobalObjects: false, hostname: 'localhost' });
  return async (request, response) => listener(request, response);
}
