import { resolve } from 'node:path';
import type { z } from 'zod';
import { modeProblems } from './config-modes';
import { publicSecrets } from './config-public';
import { schema, VARIABLES, type Variables } from './config-variables';

export interface SupabaseConfig {
  /** As this server reaches it. */
  url: string;
  /** As the browser reaches it; cookie names derive from it. */
  publicUrl: string;
  anonKey: string;
  serviceRoleKey: string | null;
  jwtSecret: string | null;
  jwtSecretPrevious: string | null;
  jwksUrl: string;
  /** Null: the issuer is not checked (SUPABASE_ISSUER=none). */
  issuer: string | null;
  audience: string;
}

export interface OidcConfig {
  /** Exactly as the provider's discovery document and tokens state it. */
  issuer: string;
  clientId: string;
  /** Null: a public client, proven by PKCE alone. */
  clientSecret: string | null;
  /** What the provider's access tokens must be meant for to open /v1; null: none of them do, only tokens of our own. */
  audience: string | null;
  scopes: string;
  /** Encrypts the session cookie and our own tokens; the second, when there is one, only reads what it wrote before a rotation. */
  sessionSecrets: readonly [string, ...string[]];
}

export interface StubConfig {
  userId: string;
  userEmail: string;
  orgId: string;
  workspace: string;
}

/** The most of each that may stand at one time. */
export interface Limits {
  /** Orgs a person owns. */
  orgsPerUser: number;
  membersPerOrg: number;
  openInvitesPerOrg: number;
  /** Live API tokens. */
  tokensPerOrg: number;
}

/** How sandboxes are reached. */
export interface GatewayConfig {
  /** Takes all calls, whatever the registry says: a one-host install. Null: agents are found in the registry. */
  agentUrl: string | null;
  /** Where new sandboxes go when there is room; null: anywhere. */
  region: string | null;
  /** What agents know this server by; null: they ask for nothing. */
  nodeToken: string | null;
}

export interface Config {
  mode: 'supabase' | 'oidc' | 'stub';
  /** Origin without a trailing slash: the only source of links and redirects. */
  dashboardUrl: string;
  /** Where browsers reach /v1 when it is another host than the dashboard; '' when it is the same. */
  apiUrl: string;
  dataDir: string;
  /** Null: the embedded server in dataDir. */
  databaseUrl: string | null;
  /** Null: chDB in dataDir. */
  clickhouseUrl: string | null;
  supabase: SupabaseConfig | null;
  oidc: OidcConfig | null;
  stub: StubConfig;
  /** Stub mode was allowed beyond loopback: nobody signs in, and anybody who can reach it is the stub user. */
  insecureStub: boolean;
  orgCreation: 'owners' | 'anyone' | 'nobody';
  signup: 'open' | 'invite_only' | 'domains' | 'closed';
  /** Lower case; who may come uninvited when signup is domains. */
  signupDomains: readonly string[];
  /** Whose first proven sign-in makes them the owner of which org (its slug); the address in lower case. */
  bootstrap: { email: string; org: string } | null;
  /** The slug of the org whose owners operate this server, where there is one. */
  operatorOrg: string;
  inviteDays: number;
  limits: Limits;
  smtp: { url: string; from: string } | null;
  trustedProxies: number;
  metricsToken: string | null;
  gateway: GatewayConfig;
  /** Where /metrics is told instead of beside the API; null: beside it, to the holder of the token. */
  metricsListen: { hostname: string; port: number } | null;
  /** Null: there is no billing, and nothing of it is seen. `webhookSecret` null: no event of Stripe's is listened to. */
  stripe: { secretKey: string; webhookSecret: string | null; apiUrl: string | null } | null;
  /** Where traces go, as OTLP over HTTP; null: nowhere. */
  otlp: { url: string; serviceName: string } | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  port: number;
  hostname: string;
}

export interface ConfigProblem {
  variable: string;
  problem: string;
  fix: string;
}

/** Lists every problem at once; names variables and never a value. */
export class ConfigError extends Error {
  readonly problems: ConfigProblem[];

  constructor(problems: ConfigProblem[]) {
    super(['PandaStack refuses this configuration:', ...problems.map(line)].join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

function line({ variable, problem, fix }: ConfigProblem): string {
  return `  ${variable}\n      ${problem}\n      → ${fix}`;
}

export type Environment = Record<string, string | undefined>;

const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config };

/** The configuration of this process, parsed once. Throws ConfigError. */
export function config(): Config {
  holder.__pandastackConfig ??= loadConfig(process.env);
  return holder.__pandastackConfig;
}

/** Parses an environment. Pure. Throws ConfigError with every problem in it. */
export function loadConfig(env: Environment): Config {
  const { problems, usable } = inspectConfig(env);
  if (problems.length > 0 || !usable) throw new ConfigError(problems);
  return usable;
}

/**
 * Every problem of an environment, and the configuration as far as it can be read with wrong values left out: for whoever examines
 * and must not stop at the first. Null without a usable PANDASTACK_AUTH_MODE.
 */
export function inspectConfig(env: Environment): { problems: ConfigProblem[]; usable: Config | null } {
  const problems: ConfigProblem[] = [...emptyValues(env), ...publicSecrets(env)];
  const named = withAliases(env, problems);
  const parsed = schema.safeParse(named);
  if (!parsed.success) problems.push(...parsed.error.issues.map(asProblem));
  // What parsed is checked further even when something else failed, so that one start tells all.
  const valid = parsed.success ? parsed.data : validPart(named);
  problems.push(...modeProblems(valid));
  const unique = [...new Map(problems.map((p) => [p.variable + p.problem, p])).values()];
  const whole = parsed.success ? parsed : schema.safeParse(valid);
  return { problems: unique, usable: whole.success ? build(whole.data) : null };
}

function validPart(env: Environment): Partial<Variables> {
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, field.safeParse(env[name])] as const);
  return Object.fromEntries(fields.flatMap(([name, result]) => (result.success ? [[name, result.data]] : [])));
}

function asProblem(issue: z.core.$ZodIssue): ConfigProblem {
  const variable = String(issue.path[0]);
  const missing = variable === 'PANDASTACK_AUTH_MODE';
  return {
    variable,
    problem: issue.message,
    fix: missing
      ? 'Set PANDASTACK_AUTH_MODE=supabase (or =oidc) for people who sign in, or =stub for one developer on one machine'
      : `Correct ${variable}; see .env.example`,
  };
}

/** An empty value is a mistake, not an absence: it once turned checks off silently. */
function emptyValues(env: Environment): ConfigProblem[] {
  const known = new Set(VARIABLES);
  return Object.entries(env).flatMap(([variable, value]) => {
    if (!known.has(variable) || value === undefined) return [];
    if (value.trim() === '') return [{ variable, problem: 'is set but empty', fix: `Give ${variable} a value or remove it` }];
    if (value !== value.trim())
      return [{ variable, problem: 'begins or ends with white space', fix: 'Remove the space or newline' }];
    if (/^(['"]).*\1$/.test(value)) return [{ variable, problem: 'carries its quotes in the value', fix: 'Remove the quotes' }];
    return [];
  });
}

function withAliases(env: Environment, problems: ConfigProblem[]): Environment {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const { PANDASTACK_DB_DSN: dsn, PANDASTACK_DATABASE_URL: databaseUrl } = known;
  if (dsn && databaseUrl && dsn !== databaseUrl) {
    problems.push({
      variable: 'PANDASTACK_DB_DSN',
      problem: 'differs from PANDASTACK_DATABASE_URL',
      fix: 'Keep PANDASTACK_DATABASE_URL alone',
    });
  }
  return dsn && !databaseUrl ? { ...known, PANDASTACK_DATABASE_URL: dsn } : known;
}

function build(env: Variables): Config {
  const origin = env.PANDASTACK_DASHBOARD_URL ?? `http://localhost:${env.PORT}`;
  return {
    mode: env.PANDASTACK_AUTH_MODE,
    dashboardUrl: new URL(origin).origin,
    apiUrl: env.NEXT_PUBLIC_PANDASTACK_API ? new URL(env.NEXT_PUBLIC_PANDASTACK_API).origin : '',
    dataDir: resolve(env.PANDASTACK_DATA_DIR),
    databaseUrl: env.PANDASTACK_DATABASE_URL ?? null,
    clickhouseUrl: env.PANDASTACK_CLICKHOUSE_URL ?? null,
    supabase: env.PANDASTACK_AUTH_MODE === 'supabase' ? buildSupabase(env) : null,
    oidc: env.PANDASTACK_AUTH_MODE === 'oidc' ? buildOidc(env) : null,
    stub: {
      userId: env.PANDASTACK_STUB_USER_ID,
      userEmail: env.PANDASTACK_STUB_USER_EMAIL,
      orgId: env.PANDASTACK_STUB_ORG_ID,
      workspace: env.PANDASTACK_STUB_WORKSPACE,
    },
    insecureStub: env.PANDASTACK_AUTH_MODE === 'stub' && env.PANDASTACK_ALLOW_INSECURE_STUB === 'yes-i-know',
    orgCreation: env.PANDASTACK_ORG_CREATION,
    signup: env.PANDASTACK_SIGNUP,
    signupDomains: env.PANDASTACK_SIGNUP_DOMAINS ?? [],
    operatorOrg: env.PANDASTACK_BOOTSTRAP_ORG ?? 'default',
    bootstrap: env.PANDASTACK_BOOTSTRAP_OWNER_EMAIL
      ? { email: env.PANDASTACK_BOOTSTRAP_OWNER_EMAIL, org: env.PANDASTACK_BOOTSTRAP_ORG ?? 'default' }
      : null,
    inviteDays: env.PANDASTACK_INVITE_DAYS,
    limits: {
      orgsPerUser: env.PANDASTACK_MAX_ORGS_PER_USER,
      membersPerOrg: env.PANDASTACK_MAX_MEMBERS_PER_ORG,
      openInvitesPerOrg: env.PANDASTACK_MAX_OPEN_INVITES_PER_ORG,
      tokensPerOrg: env.PANDASTACK_MAX_TOKENS_PER_ORG,
    },
    smtp: env.PANDASTACK_SMTP_URL
      ? { url: env.PANDASTACK_SMTP_URL, from: env.PANDASTACK_MAIL_FROM ?? 'PandaStack <no-reply@localhost>' }
      : null,
    trustedProxies: env.PANDASTACK_TRUSTED_PROXIES,
    metricsToken: env.PANDASTACK_METRICS_TOKEN ?? null,
    gateway: {
      agentUrl: env.PANDASTACK_AGENT_URL ? new URL(env.PANDASTACK_AGENT_URL).origin : null,
      region: env.PANDASTACK_REGION ?? null,
      nodeToken: env.PANDASTACK_NODE_TOKEN ?? null,
    },
    metricsListen: env.PANDASTACK_METRICS_LISTEN ?? null,
    stripe: env.PANDASTACK_STRIPE_SECRET_KEY
      ? {
          secretKey: env.PANDASTACK_STRIPE_SECRET_KEY,
          webhookSecret: env.PANDASTACK_STRIPE_WEBHOOK_SECRET ?? null,
          apiUrl: env.PANDASTACK_STRIPE_API_URL ?? null,
        }
      : null,
    logLevel: env.PANDASTACK_LOG_LEVEL,
    otlp: env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? { url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, '')}/v1/traces`, serviceName: env.OTEL_SERVICE_NAME }
      : null,
    port: env.PORT,
    hostname: env.HOSTNAME ?? (env.PANDASTACK_AUTH_MODE === 'stub' ? 'localhost' : '0.0.0.0'),
  };
}

function buildSupabase(env: Variables): SupabaseConfig {
  const base = (env.SUPABASE_URL ?? '').replace(/\/+$/, '');
  return {
    url: base,
    publicUrl: (env.SUPABASE_PUBLIC_URL ?? env.NEXT_PUBLIC_SUPABASE_URL ?? base).replace(/\/+$/, ''),
    anonKey: env.SUPABASE_ANON_KEY ?? '',
    serviceRoleKey: env.SUPABASE_SERVICE_ROLE_KEY ?? null,
    jwtSecret: env.SUPABASE_JWT_SECRET ?? null,
    jwtSecretPrevious: env.SUPABASE_JWT_SECRET_PREVIOUS ?? null,
    jwksUrl: env.SUPABASE_JWKS_URL ?? `${base}/auth/v1/.well-known/jwks.json`,
    issuer: env.SUPABASE_ISSUER === 'none' ? null : (env.SUPABASE_ISSUER ?? `${base}/auth/v1`),
    audience: env.SUPABASE_AUDIENCE,
  };
}

function buildOidc(env: Variables): OidcConfig {
  const previous = env.PANDASTACK_SESSION_SECRET_PREVIOUS;
  return {
    issuer: env.PANDASTACK_OIDC_ISSUER ?? '',
    clientId: env.PANDASTACK_OIDC_CLIENT_ID ?? '',
    clientSecret: env.PANDASTACK_OIDC_CLIENT_SECRET ?? null,
    audience: env.PANDASTACK_OIDC_AUDIENCE ?? null,
    scopes: env.PANDASTACK_OIDC_SCOPES,
    sessionSecrets: [env.PANDASTACK_SESSION_SECRET ?? '', ...(previous ? [previous] : [])],
  };
}
