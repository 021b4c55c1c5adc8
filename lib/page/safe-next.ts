const MAX_LENGTH = 1_024;

// Only what a person can be sent back to. An invite's own path is not here: its secret would travel through mails and logs.
const ROUTES = [
  /^\/$/,
  /^\/orgs(\/[a-z0-9-]+)*$/i,
  /^\/invite\/continue$/,
  /^\/(account|setup|docs)(\/[a-z0-9-]+)*$/,
  /^\/admin\/[a-z0-9-]+$/,
  /^\/auth\/set-password$/,
];

/**
 * Where to go after signing in: a path of our own, or "/". Takes anything a query can hold (string, array, nothing) and
 * compares it with a list of routes, so nothing depends on how a browser might read a strange URL.
 */
export function safeNext(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !/^\/[\x21-\x7e]*$/.test(value)) return '/';
  if (value.includes('\\') || value.includes('#')) return '/';
  const [path = '', ...rest] = value.split('?');
  if (rest.length > 1 || !ROUTES.some((route) => route.test(path))) return '/';
  const query = rest[0];
  return query ? `${path}?${query}` : path;
}

/** A link to one of our own pages that carries `next` on; "/" is the default and left out. */
export function withNext(path: string, next: string, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams(extra);
  const target = safeNext(next);
  if (target !== '/') query.set('next', target);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
