import type { SupabaseConfig } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import type { AssuranceLevel } from './actor';

/** What this product takes from a verified access token. */
export interface AccessToken {
  userId: string;
  email: string;
  sessionId: string;
  aal: AssuranceLevel | null;
}

/** Supabase's own maximum (604800 s) and a margin: a longer life means a key in wrong hands. */
export const MAX_LIFETIME_SECONDS = 604_800 + 3_600;
/** How far this server's clock and the auth server's may lie apart. */
export const CLOCK_TOLERANCE_SECONDS = 30;
const LOWER_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

type Claims = Record<string, unknown>;

/** The rules of readClaims() in its order. */
export const CLAIM_RULES = ['not a key', 'issuer', 'audience', 'times', 'role', 'client', 'subject', 'person'] as const;
export type ClaimRule = (typeof CLAIM_RULES)[number];

/**
 * Judges the claims of a token whose signature holds; `holds` is told each rule that does. Throws DomainError naming the first rule
 * that fails.
 */
export function readClaims(
  claims: Claims,
  { issuer, audience }: Pick<SupabaseConfig, 'issuer' | 'audience'>,
  holds: (rule: ClaimRule) => void = () => {},
): AccessToken {
  refuseProjectKeys(claims);
  holds('not a key');
  if (issuer !== null && claims.iss !== issuer)
    throw issuerMismatch(typeof claims.iss === 'string' ? claims.iss : '(nobody)', issuer);
  holds('issuer');
  if (!isAudience(claims.aud, audience)) {
    throw new DomainError('wrong_audience', 'This token was issued for another audience', { hint: 'Check SUPABASE_AUDIENCE.' });
  }
  holds('audience');
  checkTimes(claims);
  holds('times');
  if (claims.role !== 'authenticated') throw new DomainError('wrong_role', 'This token does not speak for a signed-in person');
  holds('role');
  if (claims.client_id !== undefined) {
    throw new DomainError('client_token_not_allowed', 'Tokens issued to third-party OAuth applications are not accepted here');
  }
  holds('client');
  if (!isId(claims.sub) || !isId(claims.session_id))
    throw new DomainError('invalid_token', 'This token names no user or no session');
  holds('subject');
  if (claims.is_anonymous === true) {
    throw new DomainError('anonymous_not_allowed', 'Anonymous users have no access here', {
      hint: 'Sign in with an e-mail address.',
    });
  }
  holds('person');
  return {
    userId: claims.sub,
    email: typeof claims.email === 'string' ? claims.email : '',
    sessionId: claims.session_id,
    aal: readLevel(claims.aal),
  };
}

function refuseProjectKeys(claims: Claims): void {
  const refusal = projectKeyRefusal(claims);
  if (refusal) throw refusal;
}

/** The refusal of a key of the project sent as if it were a person's token; undefined for anything else. */
export function projectKeyRefusal(claims: Claims): DomainError | undefined {
  const hint = 'Send the access_token of the signed-in session; the key identifies the app, the token the person.';
  const words = (name: string) => `This is the project's ${name}, not a person's access token`;
  if (claims.sub !== undefined) return undefined;
  if (claims.role === 'anon') return new DomainError('anon_key_used', words('anon key'), { hint });
  if (claims.role === 'service_role') return new DomainError('service_key_used', words('service-role key'), { hint });
  return undefined;
}

/** Several audiences are refused: such a token was meant for somebody else too. */
export function isAudience(claim: unknown, audience: string): boolean {
  return claim === audience || (Array.isArray(claim) && claim.length === 1 && claim[0] === audience);
}

function checkTimes({ exp, iat }: Claims): void {
  if (!isSeconds(exp) || !isSeconds(iat))
    throw new DomainError('invalid_token', 'This token does not say when it was issued and when it expires');
  if (iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) {
    throw new DomainError('token_not_yet_valid', 'This token was issued in the future', {
      hint: 'Check the clocks of this server and the auth server.',
    });
  }
  if (exp - iat > MAX_LIFETIME_SECONDS)
    throw new DomainError('invalid_token', 'This token lives longer than the auth server ever allows');
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(Math.trunc(value)) && value >= 0;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && LOWER_UUID.test(value) && value !== NIL_UUID;
}

function readLevel(value: unknown): AssuranceLevel | null {
  return value === 'aal1' || value === 'aal2' ? value : null;
}

/** The refusal people meet when a staging dashboard talks to a production API. */
export function issuerMismatch(issuer: string, trusted: string): DomainError {
  return new DomainError('issuer_mismatch', `This token was issued by ${issuer.slice(0, 200)}; this API trusts ${trusted}`, {
    hint: 'The dashboard and the API must use the same project: check SUPABASE_URL on both.',
  });
}
