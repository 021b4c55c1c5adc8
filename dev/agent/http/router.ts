import type { Handler, Route } from './call';

interface Match {
  handler: Handler;
  params: Record<string, string>;
}

/** The first route of the table that the path and method fit. `'method'` when only the method does not. */
export function findRoute(routes: readonly Route[], method: string, path: string): Match | 'method' | undefined {
  const segments = decodeSegments(path);
  if (!segments) return undefined;
  let pathFits = false;
  for (const [wanted, pattern, handler] of routes) {
    const params = matchSegments(pattern.split('/').slice(1), segments);
    if (!params) continue;
    if (wanted === method || wanted === 'ANY' || (wanted === 'GET' && method === 'HEAD')) return { handler, params };
    pathFits = true;
  }
  return pathFits ? 'method' : undefined;
}

/** Each for itself, so that %2F never becomes a border. */
function decodeSegments(path: string): string[] | undefined {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** `:name` takes one segment that is not empty; `*` at the end all that is left, and nothing too. */
function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const open = pattern.at(-1) === '*';
  if (open ? segments.length < pattern.length - 1 : segments.length !== pattern.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    if (part === '*') break;
    const segment = segments[index] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
