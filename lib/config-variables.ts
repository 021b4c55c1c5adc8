import { z } from 'zod';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const atMost = (most: number, fallback: number) =>
  z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(1, 'is less than 1')
    .max(most, `is more than ${most}`)
    .default(fallback);
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const url = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });

function isReadable(address: string): boolean {
  const parsed = URL.parse(address);
  try {
    return parsed !== null && decodeURIComponent(parsed.username + parsed.password) !== null;
  } catch {
    return false;
  }
}

/** No path, no query, no credentials: an agent's routes begin at its root, and its address is told in logs. */
function isBareOrigin(address: string): boolean {
  const { pathname, search, hash, username, password } = new URL(address);
  return pathname === '/' && search + hash + username + password === '';
}

/** `127.0.0.1:9464`, `[::1]:9464` or `metrics.internal:9464`. */
const ADDRESS = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+):(?<port>\d{1,5})$/i;

function readAddress(text: string): { hostname: string; port: number } {
  const { host = '', port = '' } = ADDRESS.exec(text)?.groups ?? {};
  return { hostname: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** The tables lie in a database of a fixed name; one that the URL names is not made. */
const CLICKHOUSE_DATABASE = 'pandastack';
const namesOurDatabase = (address: string) => ['', CLICKHOUSE_DATABASE].includes(URL.parse(address)?.pathname.slice(1) ?? '');

/** Every variable with its form and default. */
export const schema = z.object({
  PANDASTACK_AUTH_MODE: z.enum(['supabase', 'oidc', 'stub'], { error: 'must be exactly "supabase", "oidc" or "stub"' }),
  PANDASTACK_DASHBOARD_URL: url.optional(),
  PANDASTACK_DATA_DIR: z.string().default('.pandastack'),
  PANDASTACK_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'does not start with postgres://')
    .refine(isReadable, 'cannot be read: percent-encode special characters in its password')
    .optional(),
  PANDASTACK_CLICKHOUSE_URL: url
    .refine(namesOurDatabase, `names another database than "${CLICKHOUSE_DATABASE}"; leave the name out`)
    .optional(),
  PANDASTACK_ORG_CREATION: z
    .enum(['owners', 'anyone', 'nobody'], { error: 'must be owners, anyone or nobody' })
    .default('owners'),
  PANDASTACK_SIGNUP: z
    .enum(['open', 'invite_only', 'domains', 'closed'], { error: 'must be open, invite_only, domains or closed' })
    .default('invite_only'),
  PANDASTACK_SIGNUP_DOMAINS: z
    .string()
    .transform((list) => list.split(',').map((domain) => domain.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(DOMAIN, 'is not a list of domains such as example.com,example.org')).min(1))
    .optional(),
  PANDASTACK_BOOTSTRAP_OWNER_EMAIL: z.email('is not an e-mail address').transform(lower).optional(),
  PANDASTACK_BOOTSTRAP_ORG: z
    .string()
    .min(3, 'is shorter than 3 characters')
    .max(40, 'is longer than 40 characters')
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a slug such as acme')
    .optional(),
  PANDASTACK_INVITE_DAYS: atMost(90, 7),
  PANDASTACK_MAX_ORGS_PER_USER: atMost(10_000, 20),
  PANDASTACK_MAX_MEMBERS_PER_ORG: atMost(100_000, 1_000),
  PANDASTACK_MAX_OPEN_INVITES_PER_ORG: atMost(10_000, 500),
  PANDASTACK_MAX_TOKENS_PER_ORG: atMost(10_000, 200),
  PANDASTACK_SESSION_SECRET: z.string().min(32, 'is shorter than 32 characters').optional(),
  PANDASTACK_SESSION_SECRET_PREVIOUS: z.string().min(32, 'is shorter than 32 characters').optional(),
  PANDASTACK_OIDC_ISSUER: url.optional(),
  PANDASTACK_OIDC_CLIENT_ID: z.string().min(1).optional(),
  PANDASTACK_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  PANDASTACK_OIDC_AUDIENCE: z.string().min(1).optional(),
  PANDASTACK_OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, 'does not contain openid')
    .default('openid email profile offline_access'),
  PANDASTACK_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'does not start with smtp:// or smtps://')
    .optional(),
  PANDASTACK_MAIL_FROM: z.string().min(3).optional(),
  PANDASTACK_TRUSTED_PROXIES: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(0)
    .max(10)
    .default(0),
  PANDASTACK_METRICS_TOKEN: z.string().min(16, 'is shorter than 16 characters').optional(),
  PANDASTACK_AGENT_URL: url.refine(isBareOrigin, 'is more than an address such as http://127.0.0.1:8090').optional(),
  PANDASTACK_REGION: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'is not a name such as eu-west-1')
    .optional(),
  // It travels in a header.
  PANDASTACK_NODE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'holds white space or characters beyond ASCII')
    .min(16, 'is shorter than 16 characters')
    .optional(),
  PANDASTACK_METRICS_LISTEN: z
    .string()
    .regex(ADDRESS, 'is not an address with a port such as 127.0.0.1:9464')
    .refine((address) => readAddress(address).port <= 65_535, 'names a port above 65535')
    .transform(readAddress)
    .optional(),
  PANDASTACK_STRIPE_SECRET_KEY: z
    .string()
    .refine((key) => !key.startsWith('pk_'), 'is a publishable key; metering needs a secret or restricted one (sk_…, rk_…)')
    .regex(/^(pk_|[sr]k_(test|live)_[A-Za-z0-9]{8,}$)/, 'is not a key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…')
    .optional(),
  PANDASTACK_STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\S{8,}$/, 'is not the signing secret of a webhook endpoint (whsec_…)')
    .optional(),
  PANDASTACK_STRIPE_API_URL: url.optional(),
  PANDASTACK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('pandastack'),
  PANDASTACK_STUB_USER_ID: z.string().regex(UUID, 'is not a UUID').default('00000000-0000-0000-0000-000000000001'),
  PANDASTACK_STUB_USER_EMAIL: z.email('is not an e-mail address').default('dev@local.pandastack'),
  PANDASTACK_STUB_ORG_ID: z.string().regex(UUID, 'is not a UUID').default('00000000-0000-0000-0000-000000000002'),
  PANDASTACK_STUB_WORKSPACE: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a slug')
    .default('local-dev'),
  PANDASTACK_ALLOW_INSECURE_STUB: z.literal('yes-i-know', { error: 'has only one meaning: yes-i-know' }).optional(),
  NEXT_PUBLIC_PANDASTACK_API: url.optional(),
  NEXT_PUBLIC_PANDASTACK_AUTH_MODE: z.string().optional(),
  NEXT_PUBLIC_SUPABASE_URL: url.optional(),
  NEXT_PUBLIC_SUPABASE_ANON_KEY: z.string().optional(),
  SUPABASE_URL: url.optional(),
  SUPABASE_PUBLIC_URL: url.optional(),
  SUPABASE_ANON_KEY: z.string().optional(),
  SUPABASE_SERVICE_ROLE_KEY: z.string().optional(),
  SUPABASE_JWT_SECRET: z.string().min(32, 'is shorter than 32 characters').optional(),
  SUPABASE_JWT_SECRET_PREVIOUS: z.string().min(32, 'is shorter than 32 characters').optional(),
  SUPABASE_JWKS_URL: url.optional(),
  SUPABASE_ISSUER: z.union([z.literal('none'), url], { error: 'is neither an http(s) URL nor "none"' }).optional(),
  SUPABASE_AUDIENCE: z.string().min(1).default('authenticated'),
  PORT: z.coerce.number({ error: 'is not a number' }).int().min(0).max(65535, 'is not a port').default(3000),
  HOSTNAME: z.string().min(1).optional(),
});

export type Variables = z.infer<typeof schema>;

/** Every variable this product reads; .env.example is held equal to it by a test. */
export const VARIABLES = [...Object.keys(schema.shape), 'PANDASTACK_DB_DSN'];
