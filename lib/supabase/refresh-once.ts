import { createHash } from 'node:crypto';
import type { SupabaseConfig } from '@/lib/config';
import { fetchWithin } from './auth-server-client';

/** `session`: the auth server's own JSON, to be stored. `ended`: it refused for good. `outage`: it said nothing about the session. */
export type RefreshOutcome = { kind: 'session'; body: string } | { kind: 'ended'; why: EndReason } | { kind: 'outage' };

/** Why a session is over, as far as the person needs to know. */
export type EndReason = 'session_ended' | 'banned';

interface Entry {
  outcome: Promise<RefreshOutcome>;
  forgetAtMs: number;
}

const TIMEOUT_MS = 5_000;
// Requests that left the browser before its cookies changed still carry the old token; they get the same answer.
const KEEP_MS = 20_000;
const RETRY_OUTAGE_MS = 1_000;
const MAX_ENTRIES = 10_000;

const holder = globalThis as typeof globalThis & { __pandastackRefreshes?: Map<string, Entry> };

/** Trades a refresh token for a new session, once however many requests ask: a second use would end the whole family. */
export function refreshOnce(supabase: SupabaseConfig, refreshToken: string): Promise<RefreshOutcome> {
  holder.__pandastackRefreshes ??= new Map();
  const running = holder.__pandastackRefreshes;
  forgetOld(running);
  const key = createHash('sha256').update(refreshToken).digest('base64');
  const known = running.get(key);
  if (known) return known.outcome;

  const entry: Entry = { outcome: refresh(supabase, refreshToken), forgetAtMs: Number.POSITIVE_INFINITY };
  running.set(key, entry);
  void entry.outcome.then(({ kind }) => {
    entry.forgetAtMs = Date.now() + (kind === 'outage' ? RETRY_OUTAGE_MS : KEEP_MS);
  });
  return entry.outcome;
}

function forgetOld(running: Map<string, Entry>): void {
  const now = Date.now();
  for (const [key, { forgetAtMs }] of running) {
    if (forgetAtMs <= now || running.size > MAX_ENTRIES) running.delete(key);
  }
}

async function refresh({ url, anonKey }: SupabaseConfig, refreshToken: string): Promise<RefreshOutcome> {
  try {
    const response = await fetchWithin(TIMEOUT_MS)(`${url}/auth/v1/token?grant_type=refresh_token`, {
      method: 'POST',
      headers: { apikey: anonKey, 'content-type': 'application/json', 'x-supabase-api-version': '2024-01-01' },
      body: JSON.stringify({ refresh_token: refreshToken }),
    });
    const body = await response.text();
    if (response.ok) return isSession(body) ? { kind: 'session', body } : { kind: 'outage' };
    const why = endReason(response.status, body);
    return why ? { kind: 'ended', why } : { kind: 'outage' };
  } catch {
    return { kind: 'outage' };
  }
}

const ENDED = new Set([
  'refresh_token_not_found',
  'refresh_token_already_used',
  'session_not_found',
  'session_expired',
  'user_not_found',
  'validation_failed',
]);

// 409, 429 and 5xx say "not now"; a gateway's 401 is about our api key. Only a refusal of the token itself ends a session.
function endReason(status: number, body: string): EndReason | null {
  if (status !== 400 && status !== 403 && status !== 404) return null;
  const answer = parse(body);
  if (!answer) return null;
  const code = answer.error_code ?? answer.code;
  if (code === 'user_banned') return 'banned';
  const ended = typeof code === 'string' ? ENDED.has(code) : answer.error === 'invalid_grant';
  return ended ? 'session_ended' : null;
}

function isSession(body: string): boolean {
  const answer = parse(body);
  return typeof answer?.access_token === 'string' && typeof answer.refresh_token === 'string';
}

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
