import { z } from 'zod';
import { config } from '@/lib/config';
import type { CookieWrite } from '@/lib/supabase/cookie-jar';
import type { RequestCookie } from '@/lib/supabase/session-cookie';
import { cookieAttributes, cookiePrefix } from '@/lib/supabase/session-cookie-name';
import { seal, unseal } from './seal';

const LIFETIME_SECONDS = 600;
/** As many tabs as one person may have at the provider's door at once. */
const MOST_ATTEMPTS = 4;
const MAX_LENGTH = 3_600;

const attempt = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  next: z.string(),
  startedAt: z.number(),
});
const schema = z.object({ attempts: z.array(attempt), signedOut: z.boolean() });

/** A sign-in on its way: what the provider must give back, and what proves that this very browser began it. */
export type Attempt = z.infer<typeof attempt>;
/** The sign-ins under way in one browser, the newest first. `signedOut`: somebody has just left, so the next must be asked for. */
export type Attempts = z.infer<typeof schema>;

const NONE: Attempts = { attempts: [], signedOut: false };

/** What this browser has begun in the last ten minutes. Never throws. */
export async function readAttempts(cookies: readonly RequestCookie[]): Promise<Attempts> {
  const value = cookies.find(({ name }) => name === cookieName())?.value;
  const read = schema.safeParse(value === undefined ? undefined : await unseal('attempt', value)).data ?? NONE;
  const oldest = Date.now() / 1000 - LIFETIME_SECONDS;
  return { ...read, attempts: read.attempts.filter(({ startedAt }) => startedAt > oldest) };
}

/** The cookie that keeps them; the oldest give way when there is no room. `__Host-` needs the path "/". */
export async function attemptsCookie({ attempts, signedOut }: Attempts): Promise<CookieWrite> {
  const kept = attempts.slice(0, MOST_ATTEMPTS);
  let value = await seal('attempt', { attempts: kept, signedOut });
  while (value.length > MAX_LENGTH && kept.length > 1) {
    kept.pop();
    value = await seal('attempt', { attempts: kept, signedOut });
  }
  const empty = kept.length === 0 && !signedOut;
  const options = { ...cookieAttributes(config().dashboardUrl), httpOnly: true, maxAge: empty ? 0 : LIFETIME_SECONDS };
  return { name: cookieName(), value: empty ? '' : value, options };
}

function cookieName(): string {
  return `${cookiePrefix(config().dashboardUrl)}pandastack-oidc`;
}
