import type { ConfigProblem, Environment } from './config';

/** The variables whose values no browser, image or log may ever hold. */
export const SECRET_VARIABLES = [
  'SUPABASE_SERVICE_ROLE_KEY',
  'SUPABASE_JWT_SECRET',
  'SUPABASE_JWT_SECRET_PREVIOUS',
  'PANDASTACK_DATABASE_URL',
  'PANDASTACK_DB_DSN',
  'PANDASTACK_CLICKHOUSE_URL',
  'PANDASTACK_OIDC_CLIENT_SECRET',
  'PANDASTACK_SESSION_SECRET',
  'PANDASTACK_SESSION_SECRET_PREVIOUS',
  'PANDASTACK_SMTP_URL',
  'PANDASTACK_METRICS_TOKEN',
  'PANDASTACK_NODE_TOKEN',
  'PANDASTACK_STRIPE_SECRET_KEY',
  'PANDASTACK_STRIPE_WEBHOOK_SECRET',
] as const;

const SECRET_NAME = /SERVICE_ROLE|SECRET|PRIVATE|PASSWORD|DATABASE_URL|DB_DSN/;
const JWT = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g;
const SECRET_KEY = /sb_secret_[\w-]{8,}/;
/** Shorter ones would be found by chance. */
const SHORTEST = 8;

/** True for a text that carries a key with all rights on a project: a service-role token or an `sb_secret_` key. */
export function holdsServiceKey(text: string): boolean {
  return SECRET_KEY.test(text) || (text.match(JWT) ?? []).some((token) => isServiceRole(roleOf(token)));
}

/** Values of secrets in an environment, by variable. A store's address without a password is none. */
export function secretValues(env: Environment): [variable: string, value: string][] {
  return SECRET_VARIABLES.flatMap((variable): [string, string][] => {
    const value = env[variable]?.trim();
    if (!value || value.length < SHORTEST) return [];
    return /^https?:\/\/[^@]*$/.test(value) ? [] : [[variable, value]];
  });
}

/** The NEXT_PUBLIC_ variables, known or not, that would hand a secret to every browser. */
export function publicSecrets(env: Environment): ConfigProblem[] {
  const secrets = secretValues(env);
  return Object.entries(env).flatMap(([variable, value]) => {
    if (!variable.startsWith('NEXT_PUBLIC_') || !value) return [];
    if (SECRET_NAME.test(variable)) {
      const problem = 'names a secret, and NEXT_PUBLIC_ values are sent to browsers';
      return [{ variable, problem, fix: `Remove ${variable}` }];
    }
    if (!holdsServiceKey(value) && !secrets.some(([, secret]) => value.includes(secret))) return [];
    const fix = 'Remove it: NEXT_PUBLIC_ values are sent to every browser. Then rotate the key that was there';
    return [{ variable, problem: 'holds a secret', fix }];
  });
}

function isServiceRole(role: unknown): boolean {
  return role === 'service_role' || role === 'supabase_admin';
}

function roleOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).role;
  } catch {
    return undefined;
  }
}
