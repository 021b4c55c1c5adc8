import { decodeJwt, errors, type JWTPayload } from 'jose';
import { readTokenForm } from '@/lib/auth/token-form';
import { verifyWithPublishedKeys } from '@/lib/auth/verify-signature';
import { DomainError } from '@/lib/errors';
import { oidcProvider, unavailable } from './provider';
import { type ProviderPerson, readProviderClaims } from './provider-token-claims';
import { oidcConfig } from './seal';

/**
 * The person behind an access token of the provider that was issued for this API (RFC 9068). Throws DomainError: 401 with the
 * cause, 503 auth_provider_unavailable when the keys cannot be had.
 */
export async function verifyProviderToken(token: string): Promise<ProviderPerson> {
  const { audience } = oidcConfig();
  if (token.split('.').length !== 3) throw notAToken();
  const header = readTokenForm(token);
  if (audience === null) {
    throw new DomainError('wrong_audience', "This server takes no access tokens of the provider's", {
      hint: 'Use an API token. Operators: PANDASTACK_OIDC_AUDIENCE names the audience of tokens meant for this API.',
    });
  }
  const { issuer, jwks_uri: url = '' } = (await oidcProvider()).serverMetadata();
  try {
    const payload = await verifyWithPublishedKeys(token, header, { url, headers: {} });
    return readProviderClaims(payload, { issuer, audience, typ: header.typ });
  } catch (error) {
    throw refusal(error, token, issuer);
  }
}

function refusal(error: unknown, token: string, issuer: string): DomainError {
  if (error instanceof DomainError) return error.code === 'auth_provider_unavailable' ? unavailable(error) : error;
  if (error instanceof errors.JWTExpired) return new DomainError('token_expired', 'This access token has expired');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
    return new DomainError('token_not_yet_valid', 'This access token is not valid yet');
  if (error instanceof errors.JWSSignatureVerificationFailed) return unknownKey(token, issuer);
  return notAToken();
}

/** After the refusal the unverified claims may be read, only to choose the words. */
function unknownKey(token: string, issuer: string): DomainError {
  const { iss } = peek(token);
  if (typeof iss === 'string' && iss !== issuer)
    return new DomainError('issuer_mismatch', `This token was issued by ${iss.slice(0, 200)}; this API trusts ${issuer}`);
  return new DomainError('invalid_signature', 'The signature of this access token is invalid');
}

function peek(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    return {};
  }
}

function notAToken(): DomainError {
  return new DomainError('invalid_token', 'This is not an access token that this server accepts', {
    hint: 'Send an access token of the provider that was issued for this API, or an API token that begins with pds_.',
  });
}
