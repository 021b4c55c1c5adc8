import { tokenClaims } from './needs-second-factor';

/** What a session's own token says of it. */
export interface SessionFacts {
  /** When it began; null when the token does not say. */
  since: Date | null;
  /** How the person proved who they are, the first one first, in the auth server's own names. */
  methods: string[];
}

interface Entry {
  method: string;
  seconds: number | null;
}

/** Reads a token that was verified before. A hook may leave `amr` out or reshape it to plain strings. */
export function sessionFacts(accessToken: string): SessionFacts {
  const { amr } = tokenClaims(accessToken);
  const entries = (Array.isArray(amr) ? amr : []).flatMap(readEntry);
  const times = entries.flatMap(({ seconds }) => seconds ?? []);
  // Newest first on the wire.
  const methods = [...new Set(entries.map(({ method }) => method).reverse())];
  return { since: times.length > 0 ? new Date(Math.min(...times) * 1000) : null, methods };
}

function readEntry(entry: unknown): Entry[] {
  if (typeof entry === 'string') return [{ method: entry, seconds: null }];
  if (typeof entry !== 'object' || entry === null || !('method' in entry) || typeof entry.method !== 'string') return [];
  const timestamp: unknown = 'timestamp' in entry ? entry.timestamp : null;
  const valid = typeof timestamp === 'number' && timestamp > 0 && timestamp < 1e11;
  return [{ method: entry.method, seconds: valid ? timestamp : null }];
}
