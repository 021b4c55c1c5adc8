import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { badRequest, notFound, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { isBanned } from '../policy/ban';
import { isPassword, type Weakness, weaknessOf } from '../policy/password';
import { checkCodeVerifier, isFlowExpired } from '../policy/pkce';
import { readBody, text } from '../read-body';
import { type IssuedSession, issueSession, presentSession } from '../sessions/issue-session';
import { refreshSession } from '../sessions/refresh-session';
import { type Database, inTransaction } from '../store/database';
import { deleteFlowState, type FlowState, findFlowStateByCode } from '../store/flow-states';
import { findUserByEmail, findUserById, type User } from '../store/users';

const passwordBody = z.object({ email: text, phone: text, password: text });
const pkceBody = z.object({ auth_code: text, code_verifier: text });
const refreshBody = z.object({ refresh_token: text });

/** One entry a grant; OAuth's id_token grant belongs here once a provider exists. */
const GRANTS: Record<string, (server: AuthServerContext, c: Context) => Promise<Grant>> = {
  password: grantByPassword,
  pkce: grantByCode,
  refresh_token: grantByRefreshToken,
};

interface Grant {
  session: IssuedSession;
  /** Members of the answer that only this grant has. */
  extra?: { weak_password: Weakness | null } | { provider_token: string };
}

export function tokenRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/token', async (c) => {
    const grant = GRANTS[c.req.query('grant_type') ?? ''];
    if (!grant) throw badRequest('invalid_credentials', 'unsupported_grant_type');
    const { session, extra } = await grant(server, c);
    return c.json({ ...(await presentSession(server, session)), ...extra });
  });
}

async function grantByPassword(server: AuthServerContext, c: Context): Promise<Grant> {
  const { email, phone, password } = await readBody(c, passwordBody);
  if (email && phone) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided on login.');
  }
  if (phone) throw unprocessable('phone_provider_disabled', 'Phone logins are disabled');
  if (!email) throw badRequest('validation_failed', 'missing email or phone');

  const user = findUserByEmail(server.db, email, requestAudience(c));
  if (!user?.encrypted_password) throw invalidCredentials();
  if (isBanned(user)) throw badRequest('user_banned', 'User is banned');
  if (!(await isPassword(password, user.encrypted_password))) throw invalidCredentials();
  if (!user.email_confirmed_at) throw badRequest('email_not_confirmed', 'Email not confirmed');
  const session = inTransaction(server.db, () => issueSession(server.db, user, 'password'));
  return { session, extra: { weak_password: weaknessOf(password, server.config.minimumPasswordLength) } };
}

const invalidCredentials = () => badRequest('invalid_credentials', 'Invalid login credentials');

async function grantByRefreshToken({ db, config }: AuthServerContext, c: Context): Promise<Grant> {
  const { refresh_token: refreshToken } = await readBody(c, refreshBody);
  return { session: refreshSession(db, config, refreshToken) };
}

async function grantByCode({ db, config }: AuthServerContext, c: Context): Promise<Grant> {
  const { auth_code: code, code_verifier: verifier } = await readBody(c, pkceBody);
  if (!code || !verifier) {
    throw badRequest('validation_failed', 'invalid request: both auth code and code verifier should be non-empty');
  }
  const flow = findFlowStateByCode(db, code);
  if (!flow?.user_id) throw notFound('flow_state_not_found', 'invalid flow state, no valid flow state found');
  if (isFlowExpired(flow, config.flowStateLifetimeSeconds)) {
    throw unprocessable('flow_state_expired', 'invalid flow state, flow state has expired');
  }
  checkCodeVerifier(flow, verifier);
  const session = inTransaction(db, () => {
    deleteFlowState(db, flow);
    return issueSession(db, ownerOf(db, flow), flow.authentication_method);
  });
  return { session, ...(flow.provider_access_token && { extra: { provider_token: flow.provider_access_token } }) };
}

function ownerOf(db: Database, flow: FlowState): User {
  const user = findUserById(db, flow.user_id ?? '');
  if (!user) throw notFound('user_not_found', 'User not found');
  return user;
}
