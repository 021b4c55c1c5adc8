import type { ConfigProblem } from './config';
import { supabaseProblems } from './config-supabase';
import type { Variables } from './config-variables';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** What each sign-in mode asks of the variables together. */
export function modeProblems(env: Partial<Variables>): ConfigProblem[] {
  const problems = [...signupProblems(env), ...bootstrapProblems(env), ...dashboardModeProblems(env), ...stripeProblems(env)];
  if (env.PANDASTACK_AUTH_MODE === 'stub') return [...problems, ...stubProblems(env)];
  if (env.PANDASTACK_AUTH_MODE === 'supabase') return [...problems, ...supabaseProblems(env), ...dashboardProblems(env)];
  if (env.PANDASTACK_AUTH_MODE === 'oidc') return [...problems, ...oidcProblems(env), ...dashboardProblems(env)];
  return problems;
}

function dashboardProblems(env: Partial<Variables>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (!env.PANDASTACK_DASHBOARD_URL) {
    problems.push({
      variable: 'PANDASTACK_DASHBOARD_URL',
      problem: 'is missing',
      fix: 'Set it to the address people open in the browser, such as https://dashboard.example.com',
    });
  }
  return problems;
}

function dashboardModeProblems(env: Partial<Variables>): ConfigProblem[] {
  const { NEXT_PUBLIC_PANDASTACK_AUTH_MODE: told, PANDASTACK_AUTH_MODE: mode } = env;
  if (!told || !mode || told === mode) return [];
  const fix = 'Remove it: the dashboard takes the mode of the API';
  return [{ variable: 'NEXT_PUBLIC_PANDASTACK_AUTH_MODE', problem: 'differs from PANDASTACK_AUTH_MODE', fix }];
}

function signupProblems(env: Partial<Variables>): ConfigProblem[] {
  const named = env.PANDASTACK_SIGNUP_DOMAINS !== undefined;
  if (env.PANDASTACK_SIGNUP === 'domains' && !named) {
    const fix = 'Name the domains whose people may come uninvited, such as example.com,example.org';
    return [{ variable: 'PANDASTACK_SIGNUP_DOMAINS', problem: 'is missing, and PANDASTACK_SIGNUP is domains', fix }];
  }
  if (env.PANDASTACK_SIGNUP !== undefined && env.PANDASTACK_SIGNUP !== 'domains' && named) {
    const fix = 'Set PANDASTACK_SIGNUP=domains, or remove the list';
    return [{ variable: 'PANDASTACK_SIGNUP_DOMAINS', problem: 'has no effect: PANDASTACK_SIGNUP is not domains', fix }];
  }
  return [];
}

function bootstrapProblems(env: Partial<Variables>): ConfigProblem[] {
  if (env.PANDASTACK_BOOTSTRAP_ORG === undefined || env.PANDASTACK_BOOTSTRAP_OWNER_EMAIL !== undefined) return [];
  const fix = 'Set PANDASTACK_BOOTSTRAP_OWNER_EMAIL to the address of its owner, or remove it';
  return [{ variable: 'PANDASTACK_BOOTSTRAP_ORG', problem: 'has no effect: nobody is named as its owner', fix }];
}

/** A key must reach no other server than Stripe's, but for a stand-in of a test. */
function stripeProblems(env: Partial<Variables>): ConfigProblem[] {
  const { PANDASTACK_STRIPE_API_URL: apiUrl, PANDASTACK_STRIPE_WEBHOOK_SECRET: webhook } = env;
  const problems: ConfigProblem[] = [];
  if (apiUrl && !LOOPBACK.has(new URL(apiUrl).hostname)) {
    const fix = 'Remove it: only a stand-in on this very machine may take the place of Stripe';
    problems.push({ variable: 'PANDASTACK_STRIPE_API_URL', problem: 'is not a loopback address', fix });
  }
  if (webhook && !env.PANDASTACK_STRIPE_SECRET_KEY) {
    const fix = 'Set PANDASTACK_STRIPE_SECRET_KEY, or remove it';
    problems.push({
      variable: 'PANDASTACK_STRIPE_WEBHOOK_SECRET',
      problem: 'has no effect without PANDASTACK_STRIPE_SECRET_KEY',
      fix,
    });
  }
  return problems;
}

function oidcProblems(env: Partial<Variables>): ConfigProblem[] {
  const required = {
    PANDASTACK_OIDC_ISSUER: "Set it to the provider's issuer: the address before /.well-known/openid-configuration",
    PANDASTACK_OIDC_CLIENT_ID: "Copy the client id from the provider; its redirect URL is the dashboard's /auth/callback",
    PANDASTACK_SESSION_SECRET: 'Generate one: openssl rand -base64 48. It encrypts the session cookies',
  } as const;
  const problems: ConfigProblem[] = Object.entries(required)
    .filter(([name]) => env[name as keyof typeof required] === undefined)
    .map(([variable, fix]) => ({ variable, problem: 'is missing', fix }));
  const issuer = env.PANDASTACK_OIDC_ISSUER ? new URL(env.PANDASTACK_OIDC_ISSUER) : null;
  if (issuer && issuer.protocol !== 'https:' && !LOOPBACK.has(issuer.hostname)) {
    const fix = 'OpenID Connect needs https; only a provider on this very machine may do without';
    problems.push({ variable: 'PANDASTACK_OIDC_ISSUER', problem: 'is not an https address', fix });
  }
  return problems;
}

function stubProblems(env: Partial<Variables>): ConfigProblem[] {
  if (env.PANDASTACK_ALLOW_INSECURE_STUB === 'yes-i-know') return [];
  const fix = 'Stub mode has no sign-in and belongs on loopback; use PANDASTACK_AUTH_MODE=supabase on a shared machine';
  const problems: ConfigProblem[] = [];
  if (env.HOSTNAME && !LOOPBACK.has(env.HOSTNAME))
    problems.push({ variable: 'HOSTNAME', problem: 'is not a loopback address in stub mode', fix });
  const dashboard = env.PANDASTACK_DASHBOARD_URL;
  if (dashboard && !LOOPBACK.has(new URL(dashboard).hostname)) {
    problems.push({ variable: 'PANDASTACK_DASHBOARD_URL', problem: 'is not a loopback address in stub mode', fix });
  }
  return problems;
}
