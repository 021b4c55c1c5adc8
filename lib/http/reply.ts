/** An answer of a route: endpoint() turns it into one Response with the headers every answer carries. */
export interface Reply {
  status: number;
  body: unknown;
  /** Beyond those every answer carries. */
  headers?: Record<string, string>;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export function noContent(): Reply {
  return { status: 204, body: null };
}
