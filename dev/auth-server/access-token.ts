import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { isOrganizationProvider } from './accounts/email-owner';
import { forbidden } from './auth-error';
import type { AuthServerContext } from './auth-server-context';
import { runAccessTokenHook } from './hooks/access-token-hook';
import type { Metadata } from './read-body';
import type { SigningKeys } from './signing-keys';
import type { Database } from './store/database';
import { listIdentities } from './store/identities';
import { listAmr } from './store/sessions';
import type { User } from './store/users';

const claims = z.object({
  sub: z.string().default(''),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  role: z.string().default(''),
  session_id: z.string().default(''),
  is_anonymous: z.boolean().default(false),
});

export type AccessTokenClaims = z.output<typeof claims>;

export interface SignedAccessToken {
  token: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface TokenRequest {
  user: User;
  sessionId: string;
  /** The `amr` name of what has just happened, for the hook. */
  method: string;
}

/** Signs a token with exactly the claims Supabase Auth issues, or with what the hook makes of them. */
export async function signAccessToken(server: AuthServerContext, request: TokenRequest): Promise<SignedAccessToken> {
  const { accessTokenHook: hook, jwtLifetimeSeconds } = server.config;
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + jwtLifetimeSeconds;
  const issued = { ...claimsOf(server, request), exp: expiresAt, iat: issuedAt };
  const input = { user_id: request.user.id, claims: issued, authentication_method: request.method };
  const claims = hook ? await runAccessTokenHook(hook, input) : issued;
  return { token: await sign(new SignJWT(claims), server.keys), expiresAt };
}

function claimsOf(server: AuthServerContext, { user, sessionId }: TokenRequest): Metadata {
  const amr = amrOf(server.db, user, sessionId);
  return {
    iss: `${server.publicUrl}/auth/v1`,
    sub: user.id,
    aud: user.aud,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    role: user.role,
    aal: amr.some((entry) => entry.method === 'totp') ? 'aal2' : 'aal1',
    amr,
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  };
}

/** A sign-in through an organization's identity provider says through which. */
function amrOf(db: Database, user: User, sessionId: string): Metadata[] {
  return listAmr(db, sessionId).map((entry) => {
    const [identity, ...others] = entry.method === 'sso/saml' ? listIdentities(db, user.id) : [];
    const isOnly = identity && others.length === 0 && isOrganizationProvider(identity.provider);
    return { ...entry, ...(isOnly && { provider: identity.provider.replace('sso:', '') }) };
  });
}

function sign(jwt: SignJWT, { asymmetric, hmacKey }: SigningKeys): Promise<string> {
  if (!asymmetric) return jwt.setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(hmacKey);
  return jwt.setProtectedHeader({ alg: 'ES256', kid: asymmetric.kid, typ: 'JWT' }).sign(asymmetric.privateKey);
}

/** Throws bad_jwt (403) unless this server signed the token and it has not expired. */
export async function verifyAccessToken({ keys }: AuthServerContext, token: string): Promise<AccessTokenClaims> {
  try {
    return claims.parse(await verifySignature(keys, token));
  } catch (error) {
    const reason =
      token.split('.').length === 3 ? reasonOf(error) : 'token is malformed: token contains an invalid number of segments';
    throw forbidden('bad_jwt', `invalid JWT: unable to parse or verify signature, ${reason}`);
  }
}

async function verifySignature({ asymmetric, hmacKey }: SigningKeys, token: string): Promise<JWTPayload> {
  const { alg, kid } = decodeProtectedHeader(token);
  if (alg === 'ES256' && asymmetric && kid === asymmetric.kid) {
    return (await jwtVerify(token, asymmetric.publicKey, { algorithms: ['ES256'] })).payload;
  }
  return (await jwtVerify(token, hmacKey, { algorithms: ['HS256'] })).payload;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'token has invalid claims: token is expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token signature is invalid: signature is invalid';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'token signature is invalid: signing method is invalid';
  return 'token is malformed: could not parse token';
}
