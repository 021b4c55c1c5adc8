import { config } from '@/lib/config';
import { fetchWithin } from './auth-server-client';

/** Which ways in the auth server offers right now. */
export interface AuthSettings {
  emailEnabled: boolean;
  signupDisabled: boolean;
  /** New accounts are signed in at once, without a confirmation mail. */
  autoConfirm: boolean;
  /** OAuth providers switched on, in the auth server's own names. */
  providers: string[];
  /** People may come by the identity provider of their organization, found by their address's domain. */
  samlEnabled: boolean;
}

const TIMEOUT_MS = 2_500;
const KEEP_MS = 60_000;
const RETRY_MS = 5_000;
const NOT_OAUTH = new Set(['email', 'phone', 'anonymous_users', 'saml', 'workos', 'web3_solana', 'web3_ethereum']);

const holder = globalThis as typeof globalThis & {
  __pandastackAuthSettings?: { answer: Promise<AuthSettings | null>; until: number };
};

/** Asked at most once a minute; null when the auth server is away (the page then says so). */
export async function fetchAuthSettings(): Promise<AuthSettings | null> {
  const known = holder.__pandastackAuthSettings;
  if (known && known.until > Date.now()) return known.answer;
  const entry = { answer: ask(), until: Date.now() + KEEP_MS };
  holder.__pandastackAuthSettings = entry;
  const answer = await entry.answer;
  if (!answer) entry.until = Date.now() + RETRY_MS;
  return answer;
}

async function ask(): Promise<AuthSettings | null> {
  const { supabase } = config();
  if (!supabase) return null;
  try {
    const response = await fetchWithin(TIMEOUT_MS)(`${supabase.url}/auth/v1/settings`, { headers: { apikey: supabase.anonKey } });
    return response.ok ? present(await response.json()) : null;
  } catch {
    return null;
  }
}

function present(body: unknown): AuthSettings | null {
  if (!isRecord(body)) return null;
  const external = isRecord(body.external) ? body.external : {};
  return {
    emailEnabled: external.email !== false,
    signupDisabled: body.disable_signup === true,
    autoConfirm: body.mailer_autoconfirm === true,
    providers: Object.keys(external).filter((name) => external[name] === true && !NOT_OAUTH.has(name)),
    samlEnabled: body.saml_enabled === true,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
