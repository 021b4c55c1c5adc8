import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError, type Environment, loadConfig } from './config';
import { VARIABLES } from './config-variables';

const SECRET = 'a-project-secret-that-nobody-else-knows-0123456789';

function projectKey(claims: object, secret = SECRET): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const ANON_KEY = projectKey({ iss: 'supabase', ref: 'abcdefghijklmnop', role: 'anon', iat: 1, exp: 4_000_000_000 });
const SERVICE_KEY = projectKey({ iss: 'supabase', ref: 'abcdefghijklmnop', role: 'service_role', iat: 1, exp: 4_000_000_000 });
const VALID: Environment = {
  PANDASTACK_AUTH_MODE: 'supabase',
  PANDASTACK_DASHBOARD_URL: 'https://dashboard.example.com/',
  SUPABASE_URL: 'https://abcdefghijklmnop.supabase.co',
  SUPABASE_ANON_KEY: ANON_KEY,
  SUPABASE_SERVICE_ROLE_KEY: SERVICE_KEY,
  SUPABASE_JWT_SECRET: SECRET,
};

const OIDC: Environment = {
  PANDASTACK_AUTH_MODE: 'oidc',
  PANDASTACK_DASHBOARD_URL: 'https://dashboard.example.com',
  PANDASTACK_OIDC_ISSUER: 'https://idp.example.com/realms/acme',
  PANDASTACK_OIDC_CLIENT_ID: 'pandastack',
  PANDASTACK_SESSION_SECRET: 'a-session-secret-that-nobody-else-knows-0123456789',
};

function problemsOf(env: Environment): ConfigError['problems'] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('a valid configuration', () => {
  test('derives issuer, audience and key set from SUPABASE_URL', () => {
    const { supabase, dashboardUrl } = loadConfig(VALID);
    expect(dashboardUrl).toBe('https://dashboard.example.com');
    expect(supabase).toMatchObject({
      issuer: 'https://abcdefghijklmnop.supabase.co/auth/v1',
      audience: 'authenticated',
      jwksUrl: 'https://abcdefghijklmnop.supabase.co/auth/v1/.well-known/jwks.json',
    });
  });

  test('reads PANDASTACK_DB_DSN as the older name of PANDASTACK_DATABASE_URL', () => {
    expect(loadConfig({ ...VALID, PANDASTACK_DB_DSN: 'postgres://db/panda' }).databaseUrl).toBe('postgres://db/panda');
  });

  test('turns the issuer check off only when told so by name', () => {
    expect(loadConfig({ ...VALID, SUPABASE_ISSUER: 'none' }).supabase?.issuer).toBeNull();
    expect(problemsOf({ ...VALID, SUPABASE_ISSUER: '' })).toMatchObject([{ variable: 'SUPABASE_ISSUER' }]);
  });

  test.each([
    ['127.0.0.1:9464', { hostname: '127.0.0.1', port: 9464 }],
    ['[::1]:9464', { hostname: '::1', port: 9464 }],
    ['metrics.internal:80', { hostname: 'metrics.internal', port: 80 }],
  ])('reads %s as the address of the metrics', (address, expected) => {
    expect(loadConfig({ ...VALID, PANDASTACK_METRICS_LISTEN: address }).metricsListen).toEqual(expected);
    expect(loadConfig(VALID).metricsListen).toBeNull();
  });

  test.each(['http://clickhouse:8123', 'http://clickhouse:8123/', 'https://clickhouse/pandastack'])(
    'B14 takes %s for ClickHouse',
    (address) => {
      expect(problemsOf({ ...VALID, PANDASTACK_CLICKHOUSE_URL: address })).toEqual([]);
    },
  );

  test('takes secret and restricted keys of Stripe, and a stand-in on this machine', () => {
    for (const key of ['sk_test_0123456789', 'sk_live_0123456789', 'rk_live_0123456789'])
      expect(loadConfig({ ...VALID, PANDASTACK_STRIPE_SECRET_KEY: key }).stripe?.secretKey).toBe(key);
    const local = { PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789', PANDASTACK_STRIPE_API_URL: 'http://127.0.0.1:12111' };
    expect(loadConfig({ ...VALID, ...local }).stripe?.apiUrl).toBe('http://127.0.0.1:12111');
    expect(loadConfig(VALID).stripe).toBeNull();
  });

  test('lists the domains of sign-up in lower case', () => {
    const env = { ...VALID, PANDASTACK_SIGNUP: 'domains', PANDASTACK_SIGNUP_DOMAINS: 'Example.com, example.org' };
    expect(loadConfig(env).signupDomains).toEqual(['example.com', 'example.org']);
  });

  test('needs neither a client secret nor an audience in oidc mode', () => {
    expect(loadConfig(OIDC)).toMatchObject({
      supabase: null,
      oidc: {
        issuer: 'https://idp.example.com/realms/acme',
        clientId: 'pandastack',
        clientSecret: null,
        audience: null,
        sessionSecrets: [OIDC.PANDASTACK_SESSION_SECRET],
      },
    });
  });

  test('accepts the secret of a rotation whose anon key is still signed by the previous one', () => {
    const rotated = { ...VALID, SUPABASE_JWT_SECRET: `${SECRET}-new`, SUPABASE_JWT_SECRET_PREVIOUS: SECRET };
    expect(problemsOf(rotated)).toEqual([]);
  });
});

describe('a mistake is named by its variable', () => {
  const cases: [string, Environment, string][] = [
    ['B01 no mode at all', { ...VALID, PANDASTACK_AUTH_MODE: undefined }, 'PANDASTACK_AUTH_MODE'],
    ['a mode with a space', { ...VALID, PANDASTACK_AUTH_MODE: 'Supabase ' }, 'PANDASTACK_AUTH_MODE'],
    ['an unknown mode', { ...VALID, PANDASTACK_AUTH_MODE: 'none' }, 'PANDASTACK_AUTH_MODE'],
    ['B01 oidc without a provider', { ...VALID, PANDASTACK_AUTH_MODE: 'oidc' }, 'PANDASTACK_OIDC_ISSUER'],
    ['B01 oidc without a session secret', { ...OIDC, PANDASTACK_SESSION_SECRET: undefined }, 'PANDASTACK_SESSION_SECRET'],
    ['oidc over http', { ...OIDC, PANDASTACK_OIDC_ISSUER: 'http://idp.example.com' }, 'PANDASTACK_OIDC_ISSUER'],
    ['oidc scopes without openid', { ...OIDC, PANDASTACK_OIDC_SCOPES: 'email' }, 'PANDASTACK_OIDC_SCOPES'],
    ['an unknown sign-up policy', { ...VALID, PANDASTACK_SIGNUP: 'everyone' }, 'PANDASTACK_SIGNUP'],
    ['sign-up by domain without domains', { ...VALID, PANDASTACK_SIGNUP: 'domains' }, 'PANDASTACK_SIGNUP_DOMAINS'],
    ['sign-up domains without effect', { ...VALID, PANDASTACK_SIGNUP_DOMAINS: 'example.com' }, 'PANDASTACK_SIGNUP_DOMAINS'],
    [
      'a sign-up domain that is none',
      { ...VALID, PANDASTACK_SIGNUP: 'domains', PANDASTACK_SIGNUP_DOMAINS: 'example.com,@evil' },
      'PANDASTACK_SIGNUP_DOMAINS',
    ],
    [
      'a publishable Stripe key',
      { ...VALID, PANDASTACK_STRIPE_SECRET_KEY: 'pk_live_0123456789' },
      'PANDASTACK_STRIPE_SECRET_KEY',
    ],
    ['a Stripe key that is none', { ...VALID, PANDASTACK_STRIPE_SECRET_KEY: 'hunter2hunter2' }, 'PANDASTACK_STRIPE_SECRET_KEY'],
    [
      'a Stripe webhook secret that is a key',
      { ...VALID, PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789', PANDASTACK_STRIPE_WEBHOOK_SECRET: 'sk_test_0123456789' },
      'PANDASTACK_STRIPE_WEBHOOK_SECRET',
    ],
    [
      'a Stripe webhook secret without a key',
      { ...VALID, PANDASTACK_STRIPE_WEBHOOK_SECRET: 'whsec_0123456789' },
      'PANDASTACK_STRIPE_WEBHOOK_SECRET',
    ],
    [
      'another server in the place of Stripe',
      { ...VALID, PANDASTACK_STRIPE_SECRET_KEY: 'rk_live_0123456789', PANDASTACK_STRIPE_API_URL: 'https://stripe.example.com' },
      'PANDASTACK_STRIPE_API_URL',
    ],
    [
      'B05 a Stripe key under a public name',
      { ...VALID, PANDASTACK_STRIPE_SECRET_KEY: 'sk_test_0123456789', NEXT_PUBLIC_STRIPE: 'sk_test_0123456789' },
      'NEXT_PUBLIC_STRIPE',
    ],
    ['two modes', { ...VALID, PANDASTACK_AUTH_MODE: 'stub,supabase' }, 'PANDASTACK_AUTH_MODE'],
    ['B01 no dashboard address', { ...VALID, PANDASTACK_DASHBOARD_URL: undefined }, 'PANDASTACK_DASHBOARD_URL'],
    ['B01 no project', { ...VALID, SUPABASE_URL: undefined }, 'SUPABASE_URL'],
    ['B02 an empty project', { ...VALID, SUPABASE_URL: '' }, 'SUPABASE_URL'],
    ['B02 the placeholder project', { ...VALID, SUPABASE_URL: 'https://YOUR_PROJECT.supabase.co' }, 'SUPABASE_URL'],
    ['B01 no anon key', { ...VALID, SUPABASE_ANON_KEY: undefined }, 'SUPABASE_ANON_KEY'],
    ['B04 keys swapped', { ...VALID, SUPABASE_ANON_KEY: SERVICE_KEY, SUPABASE_SERVICE_ROLE_KEY: ANON_KEY }, 'SUPABASE_ANON_KEY'],
    [
      'B08 an anon key of another project',
      { ...VALID, SUPABASE_URL: 'https://zzzzzzzzzzzzzzzz.supabase.co' },
      'SUPABASE_ANON_KEY',
    ],
    ['another secret', { ...VALID, SUPABASE_JWT_SECRET: `${SECRET}x` }, 'SUPABASE_JWT_SECRET'],
    ['B02 a quoted secret', { ...VALID, SUPABASE_JWT_SECRET: `"${SECRET}"` }, 'SUPABASE_JWT_SECRET'],
    ['B02 a secret with a newline', { ...VALID, SUPABASE_JWT_SECRET: `${SECRET}\n` }, 'SUPABASE_JWT_SECRET'],
    ['B06 a short secret', { ...VALID, SUPABASE_JWT_SECRET: 'short' }, 'SUPABASE_JWT_SECRET'],
    [
      'B06 the sample secret',
      { ...VALID, SUPABASE_JWT_SECRET: 'super-secret-jwt-token-with-at-least-32-characters-long' },
      'SUPABASE_JWT_SECRET',
    ],
    ['B05 a service key for browsers', { ...VALID, NEXT_PUBLIC_SUPABASE_ANON_KEY: SERVICE_KEY }, 'NEXT_PUBLIC_SUPABASE_ANON_KEY'],
    [
      'B05 a secret under a public name',
      { ...VALID, NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY: SERVICE_KEY },
      'NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY',
    ],
    [
      'B05 a new secret key under an unknown public name',
      { ...VALID, NEXT_PUBLIC_KEY: 'sb_secret_0123456789' },
      'NEXT_PUBLIC_KEY',
    ],
    ['B05 the JWT secret under an unknown public name', { ...VALID, NEXT_PUBLIC_KEY: SECRET }, 'NEXT_PUBLIC_KEY'],
    [
      'B05 the database under a public name, in every mode',
      {
        ...OIDC,
        PANDASTACK_DATABASE_URL: 'postgres://panda:hunter2@db/panda',
        NEXT_PUBLIC_DB: 'postgres://panda:hunter2@db/panda',
      },
      'NEXT_PUBLIC_DB',
    ],
    [
      'B05 a service key in stub mode',
      { PANDASTACK_AUTH_MODE: 'stub', NEXT_PUBLIC_SUPABASE_ANON_KEY: SERVICE_KEY },
      'NEXT_PUBLIC_SUPABASE_ANON_KEY',
    ],
    [
      'another mode for the dashboard',
      { ...VALID, NEXT_PUBLIC_PANDASTACK_AUTH_MODE: 'stub' },
      'NEXT_PUBLIC_PANDASTACK_AUTH_MODE',
    ],
    ['B12 a database that is no Postgres', { ...VALID, PANDASTACK_DATABASE_URL: 'mysql://db' }, 'PANDASTACK_DATABASE_URL'],
    [
      'B13 a database password with a #',
      { ...VALID, PANDASTACK_DATABASE_URL: 'postgres://p:a#b@db/x' },
      'PANDASTACK_DATABASE_URL',
    ],
    [
      'B13 a database password with a /',
      { ...VALID, PANDASTACK_DATABASE_URL: 'postgres://p:a/b@db/x' },
      'PANDASTACK_DATABASE_URL',
    ],
    [
      'B13 a database password with a %',
      { ...VALID, PANDASTACK_DATABASE_URL: 'postgres://p:a%b@db/x' },
      'PANDASTACK_DATABASE_URL',
    ],
    [
      'B21 two databases',
      { ...VALID, PANDASTACK_DATABASE_URL: 'postgres://a', PANDASTACK_DB_DSN: 'postgres://b' },
      'PANDASTACK_DB_DSN',
    ],
    [
      'B14 another database of ClickHouse',
      { ...VALID, PANDASTACK_CLICKHOUSE_URL: 'http://clickhouse:8123/analytics' },
      'PANDASTACK_CLICKHOUSE_URL',
    ],
    ['metrics on a port alone', { ...VALID, PANDASTACK_METRICS_LISTEN: '9464' }, 'PANDASTACK_METRICS_LISTEN'],
    ['metrics on a URL', { ...VALID, PANDASTACK_METRICS_LISTEN: 'http://127.0.0.1:9464' }, 'PANDASTACK_METRICS_LISTEN'],
    ['metrics beyond the last port', { ...VALID, PANDASTACK_METRICS_LISTEN: '127.0.0.1:94640' }, 'PANDASTACK_METRICS_LISTEN'],
    ['stub mode bound to every address', { PANDASTACK_AUTH_MODE: 'stub', HOSTNAME: '0.0.0.0' }, 'HOSTNAME'],
    [
      'stub mode under a public name',
      { PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_DASHBOARD_URL: 'https://panda.example.com' },
      'PANDASTACK_DASHBOARD_URL',
    ],
  ];

  test.each(cases)('%s', (_title, env, variable) => {
    expect(problemsOf(env).map((problem) => problem.variable)).toContain(variable);
  });

  test.each([...Object.keys(VALID), ...Object.keys(OIDC)])('B02 %s empty, of spaces alone, or in quotes', (variable) => {
    const whole = variable in VALID ? VALID : OIDC;
    for (const value of ['', '  ', `"${whole[variable]}"`, `'${whole[variable]}'`])
      expect(problemsOf({ ...whole, [variable]: value }).map((problem) => problem.variable)).toContain(variable);
  });

  test.each(['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY', 'SUPABASE_JWT_SECRET'])(
    'B02 %s with the placeholder of the documentation',
    (variable) => {
      const value =
        variable === 'SUPABASE_URL' ? 'https://YOUR_PROJECT.supabase.co' : 'YOUR_JWT_SECRET-that-is-long-enough-for-the-rule';
      expect(problemsOf({ ...VALID, [variable]: value }).map((problem) => problem.variable)).toContain(variable);
    },
  );

  test('all of them in one list', () => {
    const problems = problemsOf({ PANDASTACK_AUTH_MODE: 'supabase', SUPABASE_JWT_SECRET: 'short', PORT: 'abc' });
    expect(problems.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(['SUPABASE_URL', 'SUPABASE_ANON_KEY', 'SUPABASE_JWT_SECRET', 'PANDASTACK_DASHBOARD_URL', 'PORT']),
    );
  });

  test('and never by its value', () => {
    const env = {
      ...VALID,
      SUPABASE_JWT_SECRET: `"${SECRET}"`,
      SUPABASE_ANON_KEY: SERVICE_KEY,
      PANDASTACK_DATABASE_URL: 'mysql://root:hunter2@db',
    };
    const { message } = new ConfigError(problemsOf(env));
    for (const secret of [SECRET, SERVICE_KEY, 'hunter2']) expect(message).not.toContain(secret);
  });
});

test('.env.example names every variable that is read, and no other', () => {
  const example = readFileSync('.env.example', 'utf8');
  const named = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(VARIABLES.toSorted());
});
