import type { SupabaseConfig } from '@/lib/config';
import { type Check, type Finding, fine, trouble } from './finding';

const TIMEOUT_MS = 5_000;
const MOST_SKEW_S = 30;
const VERIFIABLE = new Set(['ES256', 'RS256', 'EdDSA']);

/** Asks the Supabase project what it is and how it is set: reads only, mails nobody. */
export const checkAuthServer: Check = async ({ config }) => {
  const { supabase, dashboardUrl } = config;
  if (!supabase?.url || !supabase.anonKey) return [];
  const settings = await ask(supabase, `${supabase.url}/auth/v1/settings`);
  if (!settings) return [unreachable(supabase)];
  if (settings.status === 401 || settings.status === 403) return [keyRefused()];
  if (settings.status !== 200) return [unreachable(supabase, settings.status)];
  const found = await Promise.all([
    checkKeys(supabase),
    checkIssuer(supabase),
    checkRedirect(supabase, dashboardUrl),
    checkDataApi(supabase),
  ]);
  const told = await json(settings);
  return [fine('auth.reachable', 'the auth server answers'), checkClock(settings), ...checkSettings(told), ...found];
};

function unreachable({ url }: SupabaseConfig, status?: number): Finding {
  return trouble('auth.reachable', 'fail', {
    seen: status ? `${new URL(url).host} answers with ${status}` : `${new URL(url).host} does not answer`,
    expected: 'a Supabase project at SUPABASE_URL',
    fix: 'Check SUPABASE_URL, that the project is not paused, and that this machine may reach it',
    command: 'curl -i -H "apikey: $SUPABASE_ANON_KEY" "$SUPABASE_URL/auth/v1/settings"',
  });
}

function keyRefused(): Finding {
  return trouble('auth.anon-key', 'fail', {
    seen: 'the project refuses SUPABASE_ANON_KEY',
    expected: 'the anon (publishable) key of the project at SUPABASE_URL',
    fix: 'Copy both from Project Settings → API of one project',
    symptom: '401 invalid token',
  });
}

function checkClock(answer: Response): Finding {
  const skew = Math.abs(Date.now() - Date.parse(answer.headers.get('date') ?? '')) / 1000;
  if (!(skew > MOST_SKEW_S)) return fine('auth.clock', 'the clocks of this machine and the auth server agree');
  return trouble('auth.clock', 'fail', {
    seen: `the clocks of this machine and the auth server are ${Math.round(skew)} seconds apart`,
    expected: `at most ${MOST_SKEW_S} seconds`,
    fix: 'Let this machine take its time from the network',
    command: 'timedatectl set-ntp true',
    symptom: '401 invalid token',
  });
}

function checkSettings(settings: Record<string, unknown>): Finding[] {
  const external = asRecord(settings.external);
  const risky = [
    ['auth.auto-confirm', settings.mailer_autoconfirm, 'addresses count as confirmed without proof', 'Turn on "Confirm email"'],
    ['auth.anonymous', external.anonymous_users, 'anyone may sign in anonymously', 'Turn off "Allow anonymous sign-ins"'],
    [
      'auth.saml',
      settings.saml_enabled,
      'an identity provider of SAML may claim any address',
      'Trust each SAML provider, or turn SAML off',
    ],
  ] as const;
  return risky.map(([id, on, seen, fix]) =>
    on === true
      ? trouble(id, 'warn', { seen, expected: 'off', fix: `${fix} in the project's settings of Authentication` })
      : fine(id, 'off'),
  );
}

async function checkKeys(supabase: SupabaseConfig): Promise<Finding> {
  const answer = await ask(supabase, supabase.jwksUrl);
  const listed = answer?.status === 200 ? (await json(answer)).keys : undefined;
  if (!Array.isArray(listed)) {
    return trouble('auth.keys', supabase.jwtSecret ? 'warn' : 'fail', {
      seen: `the key set does not answer with keys${answer ? ` (${answer.status})` : ''}`,
      expected: 'a JSON Web Key Set',
      fix:
        'Check SUPABASE_JWKS_URL, or remove it to use the one below SUPABASE_URL; a project that signs with its secret needs ' +
        'SUPABASE_JWT_SECRET',
      symptom: 'JWT signature is invalid',
    });
  }
  const algorithms = [...new Set(listed.map((key: unknown) => String(asRecord(key).alg)))];
  if (algorithms.some((name) => VERIFIABLE.has(name)) || (listed.length === 0 && supabase.jwtSecret)) {
    return fine(
      'auth.keys',
      listed.length > 0 ? `the project signs with ${algorithms.join(', ')}` : 'the project signs with its secret',
    );
  }
  return trouble('auth.keys', 'fail', {
    seen: listed.length > 0 ? `only keys of ${algorithms.join(', ')}` : 'no public keys, and SUPABASE_JWT_SECRET is not set',
    expected: 'a key of ES256, RS256 or EdDSA, or the secret',
    fix: 'Copy the JWT secret from Project Settings → API → JWT Settings into SUPABASE_JWT_SECRET',
    symptom: 'JWT signature is invalid',
  });
}

/** The discovery document tells the issuer where the server was told its own; an empty one says nothing. */
async function checkIssuer(supabase: SupabaseConfig): Promise<Finding> {
  const symptom = 'issuer mismatch';
  if (supabase.issuer === null) {
    return trouble('auth.issuer', 'warn', {
      seen: 'SUPABASE_ISSUER=none: tokens of any issuer that knows the key are accepted',
      expected: 'the issuer of the project',
      fix: 'Remove SUPABASE_ISSUER',
      symptom,
    });
  }
  const answer = await ask(supabase, `${supabase.url}/auth/v1/.well-known/openid-configuration`);
  const told = answer?.status === 200 ? (await json(answer)).issuer : undefined;
  if (typeof told === 'string' && told !== '' && told !== supabase.issuer) {
    return trouble('auth.issuer', 'fail', {
      seen: `the project signs as ${told}, and tokens of ${supabase.issuer} are asked for`,
      expected: 'the same issuer on both sides',
      fix: 'Correct SUPABASE_URL, or name the issuer of the project',
      command: `SUPABASE_ISSUER=${told}`,
      symptom,
    });
  }
  return fine('auth.issuer', `tokens of ${supabase.issuer} are asked for`);
}

/** What a browser may do with the key it is given: read our tables past the API, or not. */
async function checkDataApi(supabase: SupabaseConfig): Promise<Finding> {
  const answer = await ask(supabase, `${supabase.url}/rest/v1/orgs?select=id&limit=1`);
  if (answer?.status !== 200 || !Array.isArray(await answer.json().catch(() => null))) {
    return fine('data-api', 'the anon key reads no organizations past the API');
  }
  return trouble('data-api', 'fail', {
    seen: 'the anon key, which every browser holds, may read the table orgs through the Data API of Supabase',
    expected: 'a refusal',
    fix: 'Lock the tables; the service goes on as their owner',
    command: 'pandastack lock-tables --yes',
    symptom: 'RLS errors in Supabase',
  });
}

/** A link that was never mailed leads back to where it was to lead, or to the site URL when that place is not allowed. */
async function checkRedirect(supabase: SupabaseConfig, dashboardUrl: string): Promise<Finding> {
  const wanted = `${dashboardUrl}/auth/callback`;
  const query = new URLSearchParams({ token: 'pandastack-doctor', type: 'signup', redirect_to: wanted });
  const answer = await ask(supabase, `${supabase.url}/auth/v1/verify?${query}`);
  const location = URL.parse(answer?.headers.get('location') ?? '');
  if (!location) return { ...fine('auth.redirect', 'the auth server does not say where it would lead'), status: 'skipped' };
  if (location.origin + location.pathname === wanted) return fine('auth.redirect', `${wanted} is allowed`);
  return trouble('auth.redirect', 'fail', {
    seen: `the auth server leads to ${location.origin + location.pathname} instead`,
    expected: wanted,
    fix: 'Add it in Supabase: Authentication → URL Configuration → Redirect URLs',
    command: wanted,
    symptom: 'Invitations do not work',
  });
}

/** Null when nothing answers. */
async function ask({ anonKey }: SupabaseConfig, url: string): Promise<Response | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(url, { headers: { apikey: anonKey }, redirect: 'manual', signal }).catch(() => null);
}

async function json(answer: Response): Promise<Record<string, unknown>> {
  return asRecord(await answer.json().catch(() => null));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
