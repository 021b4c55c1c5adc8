import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Where a request came from: the first address of X-Forwarded-For, which Supabase believes, else the connection. */
export function ipAddress(c: Context): string {
  const forwarded = c.req.header('X-Forwarded-For') ?? '';
  const first = forwarded
    .split(',')
    .map((part) => part.trim())
    .find((part) => isIP(part) !== 0);
  return first ?? getConnInfo(c).remote.address ?? '';
}
