import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { AuthServerContext } from './auth-server-context';

/** Opened by browsers from a mail or a provider's page, or by servers that hold no key. */
const OPEN_PATHS = ['verify', 'authorize', 'callback', 'sso/saml/acs', '.well-known/jwks.json'].map((path) => `/auth/v1/${path}`);

/** Stands in for the hosted gateway: no request reaches the API without a known `apikey`. */
export function requireApiKey({ config, keys }: AuthServerContext): MiddlewareHandler {
  const known = [keys.anonKey, keys.serviceRoleKey];
  return async (c, next) => {
    if (!config.requireApiKey || OPEN_PATHS.includes(c.req.path)) return next();
    const key = c.req.header('apikey') ?? c.req.query('apikey');
    if (!key) {
      return refuse(c, 'No API key found in request', 'No `apikey` request header or url param was found.');
    }
    if (known.includes(key)) return next();
    return refuse(c, 'Invalid API key', 'Double check your Supabase `anon` or `service_role` API key.');
  };
}

function refuse(c: Context, message: string, hint: string): Response {
  return c.json({ message, hint }, 401);
}

/** Any origin may call, as with Supabase: the API trusts tokens, never cookies. */
export const allowEveryOrigin = (): MiddlewareHandler =>
  cors({
    origin: '*',
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: ['X-Total-Count', 'Link', 'X-Supabase-Api-Version'],
  });

const LOOPBACK_HOST = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Refuses foreign Host headers, so that a web page cannot rebind its name to this machine and read the inbox. */
export const requireLoopbackHost: MiddlewareHandler = async (c, next) => {
  if (LOOPBACK_HOST.test(c.req.header('host') ?? '')) return next();
  return c.text('This development server answers to loopback names only.', 421);
};

/** Mail scanners look at links with HEAD first; answering it like GET would use the link up. */
export const refuseHead: MiddlewareHandler = async (c, next) => {
  if (c.req.raw.method === 'HEAD' && c.req.path.startsWith('/auth/v1/')) return c.body(null, 405);
  return next();
};
