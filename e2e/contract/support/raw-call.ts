import type { Target } from './target';

interface Call {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests assert on the wire, whatever it holds
  json: any;
}

/** One request without a client library, for what the library hides. */
export async function call(target: Target, request: string, { body, token, headers }: Call = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(`${target.url}/auth/v1${path}`, {
    method,
    headers: {
      apikey: target.anonKey,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text.startsWith('{') ? JSON.parse(text) : text };
}

export interface OpenedLink {
  status: number;
  /** The redirect target without query and fragment. */
  page: string;
  query: Record<string, string>;
  fragment: Record<string, string>;
}

/** Opens a mail's link as a browser would, but stops at the redirect. */
export async function openLink(link: string): Promise<OpenedLink> {
  return readRedirect(await fetch(link, { redirect: 'manual' }));
}

export async function readRedirect(response: Response): Promise<OpenedLink> {
  await response.body?.cancel();
  const location = response.headers.get('location') ?? '';
  const [beforeFragment = '', fragment = ''] = location.split('#', 2);
  const [page = '', query = ''] = beforeFragment.split('?', 2);
  return {
    status: response.status,
    page,
    query: Object.fromEntries(new URLSearchParams(query)),
    fragment: Object.fromEntries(new URLSearchParams(fragment)),
  };
}
