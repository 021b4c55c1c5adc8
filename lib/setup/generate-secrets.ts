import { createHmac, randomBytes } from 'node:crypto';

/** Ten years: a key of a self-hosted project has no console that could renew it. */
const KEY_LIFETIME_SECONDS = 10 * 365 * 24 * 3600;

/** Fresh secrets for a self-hosted stack, by the names its compose file reads; the two keys are signed with the JWT secret. */
export function generateSecrets(issuedAt = Math.floor(Date.now() / 1000)): Record<string, string> {
  const jwtSecret = password();
  const key = (role: string) =>
    signedKey({ role, iss: 'supabase', iat: issuedAt, exp: issuedAt + KEY_LIFETIME_SECONDS }, jwtSecret);
  return {
    POSTGRES_PASSWORD: password(),
    AUTH_DATABASE_PASSWORD: password(),
    PANDASTACK_DATABASE_PASSWORD: password(),
    CLICKHOUSE_PASSWORD: password(),
    JWT_SECRET: jwtSecret,
    ANON_KEY: key('anon'),
    SERVICE_ROLE_KEY: key('service_role'),
    METRICS_TOKEN: password(),
  };
}

// Hexadecimal: it stands in URLs, SQL and .env files, where other alphabets need escapes.
function password(): string {
  return randomBytes(32).toString('hex');
}

function signedKey(claims: object, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
