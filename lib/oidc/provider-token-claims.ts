import { CLOCK_TOLERANCE_SECONDS, isAudience, MAX_LIFETIME_SECONDS } from '@/lib/auth/access-token-claims';
import { DomainError } from '@/lib/errors';
import { levelOf } from './session-from-tokens';
import { userIdOf } from './user-id';

/** Whom an access token of the provider speaks for. */
export interface ProviderPerson {
  userId: string;
  email: string;
  sessionId: string | null;
  aal: 'aal1' | 'aal2';
}

interface Expected {
  issuer: string;
  audience: string;
  /** The `typ` of the token's header. */
  typ: string | undefined;
}
type Claims = Record<string, unknown>;

/** What only an id token carries (OpenID Connect Core, section 2). */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash'];

/** Judges the claims of a token whose signature holds. Throws DomainError naming the first rule that fails. */
export function readProviderClaims(claims: Claims, { issuer, audience, typ }: Expected): ProviderPerson {
  if (claims.iss !== issuer)
    throw new DomainError(
      'issuer_mismatch',
      `This token was issued by ${String(claims.iss).slice(0, 200)}; this API trusts ${issuer}`,
    );
  refuseOtherKinds(claims, typ);
  if (!isAudience(claims.aud, audience)) {
    throw new DomainError('wrong_audience', 'This token was issued for another audience, or for others besides this API', {
      hint: 'Check PANDASTACK_OIDC_AUDIENCE.',
    });
  }
  checkTimes(claims);
  refusePrograms(claims);
  const userId = userIdOf(issuer, claims.sub);
  if (userId === null) throw new DomainError('invalid_token', 'This token names no user');
  return {
    userId,
    email: typeof claims.email === 'string' && claims.email.length <= 320 ? claims.email : '',
    sessionId: typeof claims.sid === 'string' ? claims.sid : null,
    aal: levelOf(claims) ?? 'aal1',
  };
}

/** One key signs id tokens, logout tokens and access tokens alike (RFC 8725, section 3.11). */
function refuseOtherKinds(claims: Claims, typ: string | undefined): void {
  const kind = typ?.toLowerCase().replace(/^application\//, '');
  const explicit = kind === 'at+jwt';
  const idToken = !explicit && (claims.typ === 'ID' || ID_TOKEN_CLAIMS.some((name) => claims[name] !== undefined));
  if (idToken) {
    throw new DomainError('invalid_token', 'This is an id token, which tells an app who signed in and opens nothing', {
      hint: 'Send the access token.',
    });
  }
  const known = explicit || kind === undefined || kind === 'jwt';
  if (!known || (claims.typ !== undefined && claims.typ !== 'Bearer'))
    throw new DomainError('invalid_token', 'This token is of another kind than an access token');
  // RFC 9449 and RFC 8705: without the proof it may be a stolen one.
  if (claims.cnf !== undefined)
    throw new DomainError('invalid_token', 'This token is bound to a key, which a Bearer header does not prove');
}

function checkTimes({ exp, iat }: Claims): void {
  if (typeof exp !== 'number' || typeof iat !== 'number' || iat < 0)
    throw new DomainError('invalid_token', 'This token does not say when it was issued and when it expires');
  if (iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS)
    throw new DomainError('token_not_yet_valid', 'This token was issued in the future', { hint: 'Check the clocks.' });
  if (exp - iat > MAX_LIFETIME_SECONDS) throw new DomainError('invalid_token', 'This token lives longer than a week');
}

/** Client credentials speak for a program (RFC 9068, section 5); the common providers each have their own mark for it. */
function refusePrograms({ sub, client_id, azp, gty, idtyp, preferred_username: name }: Claims): void {
  const program =
    (typeof sub === 'string' && (sub === client_id || sub === azp)) ||
    gty === 'client-credentials' ||
    idtyp === 'app' ||
    (typeof name === 'string' && name.startsWith('service-account-'));
  if (!program) return;
  throw new DomainError('client_token_not_allowed', 'This token speaks for a program, not for a person', {
    hint: 'Programs use API tokens (pds_…), minted by a member of the organization.',
  });
}
