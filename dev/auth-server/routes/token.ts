import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { badRequest, notFound, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { isPassword } from '../policy/password';
import { checkCodeVerifier, isFlowExpired } from '../policy/pkce';
import { readBody, text } from '../read-body';
import { type IssuedSession, issueSession, presentSession } from '../sessions/issue-session';
import { refreshSession } from '../sessions/refresh-session';
import { inTransaction } from '../store/database';
import { deleteFlowState, findFlowStateByCode } from '../store/flow-states';
import { findUserByEmail, findUserById, type User } from '../store/users';

const passwordBody = z.object({ email: text, phone: text, password: text });
const pkceBody = z.object({ auth_code: text, code_verifier: text });
const refreshBody = z.object({ refresh_token: text });

/** One entry a grant; OAuth's id_token grant belongs here once a provider exists. */
const GRANTS: Record<string, (server: AuthServerContext, c: Context) => Promise<IssuedSession>> = {
  password: grantByPassword,
  pkce: grantByCode,
  refresh_token: async (server, c) => refreshSession(server.db, server.config, (await readBody(c, refreshBody)).refresh_token),
};

export function tokenRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/token', async (c) => {
    const grant = GRANTS[c.req.query('grant_type') ?? ''];
    if (!grant) throw badRequest('invalid_credentials', 'unsupported_grant_type');
    return c.json(await presentSession(server, await grant(server, c)));
  });
}

async function grantByPassword(server: AuthServerContext, c: Context): Promise<IssuedSession> {
  const { email, phone, password } = await readBody(c, passwordBody);
  if (email && phone) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided on login.');
  }
  if (phone) throw unprocessable('phone_provider_disabled', 'Phone logins are disabled');
  if (!email) throw badRequest('validation_failed', 'missing email or phone');

  const user = findUserByEmail(server.db, email, requestAudience(c));
  if (!user?.encrypted_password) throw invalidCredentials();
  if (user.banned_until && Date.parse(user.banned_until) > Date.now()) throw badRequest('user_banned', 'User is banned');
  if (!(await isPassword(password, user.encrypted_password))) throw invalidCredentials();
  if (!user.email_confirmed_at) throw badRequest('email_not_confirmed', 'Email not confirmed');
  return inTransaction(server.db, () => issueSession(server.db, user, 'password'));
}

const invalidCredentials = () => badRequest('invalid_credentials', 'Invalid login credentials');

async function grantByCode({ db, config }: AuthServerContext, c: Context): Promise<IssuedSession> {
  const { auth_code: code, code_verifier: verifier } = await readBody(c, pkceBody);
  if (!code || !verifier) {
    throw badRequest('validation_failed', 'invalid request: both auth code and code verifier should be non-empty');
  }
  const flow = findFlowStateByCode(db, code);
  if (!flow) throw notFound('flow_state_not_found', 'invalid flow state, no valid flow state found');
  if (isFlowExpired(flow, config.flowStateLifetimeSeconds)) {
    throw unprocessable('flow_state_expired', 'invalid flow state, flow state has expired');
  }
  checkCodeVerifier(flow, verifier);
  return inTransaction(db, () => {
    const session = issueSession(db, ownerOf(flow.user_id), flow.authentication_method);
    deleteFlowState(db, flow);
    return session;
  });

  function ownerOf(userId: string): User {
    const user = findUserById(db, userId);
    if (!user) throw notFound('user_not_found', 'User not found');
    return user;
  }
}
