import type { Context } from 'hono';
import { z } from 'zod';
import { type AccessTokenClaims, verifyAccessToken } from './access-token';
import { badRequest, forbidden, unauthorized } from './auth-error';
import type { AuthServerContext } from './auth-server-context';
import { isBanned } from './policy/ban';
import { findSession, type Session } from './store/sessions';
import { findUserById, type User } from './store/users';

const DEFAULT_AUDIENCE = 'authenticated';
const ADMIN_ROLES = ['service_role', 'supabase_admin'];
const BEARER = /^bearer (\S+)$/i;

export interface Caller {
  user: User;
  /** Absent when the token names no session. */
  session: Session | undefined;
  claims: AccessTokenClaims;
}

/** Who sent this request. Throws 401 without a bearer, 403 for a bad token, a deleted user or an ended session. */
export async function authenticateUser(server: AuthServerContext, c: Context): Promise<Caller> {
  const claims = await verifyAccessToken(server, readBearer(c));
  const user = loadUser(server, claims.sub);
  const session = loadSession(server, claims.session_id);
  if (isBanned(user)) throw forbidden('user_banned', 'User is banned');
  return { user, session, claims };
}

/** Lets only tokens with an admin role pass; the service-role key needs neither a user nor a session. */
export async function requireAdmin(server: AuthServerContext, c: Context): Promise<void> {
  const claims = await verifyAccessToken(server, readBearer(c));
  if (claims.session_id) {
    loadUser(server, claims.sub);
    loadSession(server, claims.session_id);
  }
  if (!ADMIN_ROLES.includes(claims.role)) throw forbidden('not_admin', 'User not allowed');
}

/** The audience new and looked-up users belong to: the header, else the caller's own, else the default. */
export function requestAudience(c: Context, claims?: AccessTokenClaims): string {
  const header = c.req.header('X-JWT-AUD');
  if (header) return header;
  if (!claims || ADMIN_ROLES.includes(claims.role)) return DEFAULT_AUDIENCE;
  return [claims.aud].flat()[0] || DEFAULT_AUDIENCE;
}

function readBearer(c: Context): string {
  const token = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
  if (!token) throw unauthorized('no_authorization', 'This endpoint requires a valid Bearer token');
  return token;
}

function loadUser({ db }: AuthServerContext, sub: string): User {
  if (!sub) throw forbidden('bad_jwt', 'invalid claim: missing sub claim');
  if (!isUuid(sub)) throw badRequest('bad_jwt', 'invalid claim: sub claim must be a UUID');
  const user = findUserById(db, sub);
  if (!user) throw forbidden('user_not_found', 'User from sub claim in JWT does not exist');
  return user;
}

function loadSession({ db }: AuthServerContext, sessionId: string): Session | undefined {
  if (!sessionId) return undefined;
  if (!isUuid(sessionId)) throw forbidden('bad_jwt', 'invalid claim: session_id claim must be a UUID');
  const session = findSession(db, sessionId);
  if (!session) throw forbidden('session_not_found', 'Session from session_id claim in JWT does not exist');
  return session;
}

export const isUuid = (value: string): boolean => z.guid().safeParse(value).success;
