import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { forbidden } from './auth-error';
import type { AuthServerContext } from './auth-server-context';
import type { SigningKeys } from './signing-keys';
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

/** Signs a token with exactly the claims Supabase Auth issues when no hook is configured. */
export async function signAccessToken(server: AuthServerContext, user: User, sessionId: string): Promise<SignedAccessToken> {
  const { keys, config } = server;
  const amr = listAmr(server.db, sessionId);
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + config.jwtLifetimeSeconds;
  const jwt = new SignJWT({
    iss: `${server.publicUrl}/auth/v1`,
    sub: user.id,
    aud: user.aud,
    exp: expiresAt,
    iat: issuedAt,
    email: user.email ?? '',
    phone: user.phone ?? '',
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    role: user.role,
    aal: amr.some((entry) => entry.method === 'totp') ? 'aal2' : 'aal1',
    amr,
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  });
  return { token: await sign(jwt, keys), expiresAt };
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
