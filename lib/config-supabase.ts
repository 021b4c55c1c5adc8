import { createHmac } from 'node:crypto';
import type { ConfigProblem } from './config';
import type { Variables } from './config-variables';

// Published with Supabase's own samples: whoever reads the documentation can sign tokens with them.
const SAMPLE_SECRETS = new Set([
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'super-secret-jwt-token-with-at-least-32-characters-long',
]);
const PLACEHOLDER = /YOUR_(PROJECT|PUBLIC_ANON_KEY|PRIVATE_SERVICE_ROLE_KEY|JWT_SECRET|DASHBOARD_HOST)/;

/** What is wrong with the SUPABASE_ variables of supabase mode. */
export function supabaseProblems(env: Partial<Variables>): ConfigProblem[] {
  return [...missing(env), ...placeholders(env), ...swappedKeys(env), ...mixedProjects(env), ...wrongSecret(env)];
}

function missing(env: Partial<Variables>): ConfigProblem[] {
  const where = 'Supabase: Project Settings → API';
  const required = ['SUPABASE_URL', 'SUPABASE_ANON_KEY'] as const;
  return required
    .filter((name) => env[name] === undefined)
    .map((variable) => ({ variable, problem: 'is missing', fix: `Copy it from ${where}` }));
}

function placeholders(env: Partial<Variables>): ConfigProblem[] {
  return Object.entries(env)
    .filter(([, value]) => typeof value === 'string' && PLACEHOLDER.test(value))
    .map(([variable]) => ({
      variable,
      problem: 'still holds the placeholder from the documentation',
      fix: 'Put the real value in',
    }));
}

function swappedKeys(env: Partial<Variables>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (kindOf(env.SUPABASE_ANON_KEY) === 'service') {
    problems.push({
      variable: 'SUPABASE_ANON_KEY',
      problem: 'holds the service-role key',
      fix: 'Copy the anon (publishable) key; the service-role key must never reach a browser',
    });
  }
  if (kindOf(env.SUPABASE_SERVICE_ROLE_KEY) === 'anon') {
    problems.push({
      variable: 'SUPABASE_SERVICE_ROLE_KEY',
      problem: 'holds the anon key',
      fix: 'Copy the service_role (secret) key, or remove the variable',
    });
  }
  return problems;
}

/** A staging key beside a production URL: every sign-in would fail with a riddle. */
function mixedProjects(env: Partial<Variables>): ConfigProblem[] {
  const host = env.SUPABASE_URL ? new URL(env.SUPABASE_URL).hostname : '';
  const project = /^([a-z0-9]+)\.supabase\.(co|in)$/.exec(host)?.[1];
  const ref = claimsOf(env.SUPABASE_ANON_KEY)?.ref;
  if (!project || typeof ref !== 'string' || ref === project) return [];
  return [
    {
      variable: 'SUPABASE_ANON_KEY',
      problem: 'belongs to another project than SUPABASE_URL',
      fix: 'Copy both from the same project',
    },
  ];
}

/** A legacy anon key is signed with the project's JWT secret: the exact test of "the secret does not match". */
function wrongSecret(env: Partial<Variables>): ConfigProblem[] {
  const secret = env.SUPABASE_JWT_SECRET;
  if (!secret) return [];
  if (SAMPLE_SECRETS.has(secret)) {
    return [
      {
        variable: 'SUPABASE_JWT_SECRET',
        problem: 'is the sample secret from the documentation, known to everyone',
        fix: 'Generate a new secret in the project and use that',
      },
    ];
  }
  const [header, payload, signature] = (env.SUPABASE_ANON_KEY ?? '').split('.');
  if (!header || !payload || !signature || decode(header)?.alg !== 'HS256') return [];
  const expected = (key: string) => createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
  if ([secret, env.SUPABASE_JWT_SECRET_PREVIOUS].some((key) => key && expected(key) === signature)) return [];
  return [
    {
      variable: 'SUPABASE_JWT_SECRET',
      problem: 'did not sign SUPABASE_ANON_KEY, so it is not the secret of this project',
      fix: 'Copy the JWT secret from Project Settings → API → JWT Settings exactly: no quotes, no newline, not base64-decoded',
    },
  ];
}

function kindOf(key: string | undefined): 'anon' | 'service' | null {
  if (!key) return null;
  if (key.startsWith('sb_publishable_')) return 'anon';
  if (key.startsWith('sb_secret_')) return 'service';
  const role = claimsOf(key)?.role;
  if (role === 'anon') return 'anon';
  return role === 'service_role' || role === 'supabase_admin' ? 'service' : null;
}

function claimsOf(key: string | undefined): Record<string, unknown> | null {
  const payload = key?.split('.')[1];
  return payload ? decode(payload) : null;
}

function decode(segment: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
