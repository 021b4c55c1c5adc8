import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { AuthError, badRequest, forbidden, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { readEmailAddress } from '../policy/email-address';
import { hashOneTimeCode } from '../policy/one-time-code';
import { hashPassword, randomPassword } from '../policy/password';
import { codeLocation, errorLocation, isPkceToken, messageLocation, tokenLocation } from '../policy/redirect-location';
import { resolveRedirect } from '../policy/redirect-url';
import { readBody, text } from '../read-body';
import { type IssuedSession, issueSession, presentSession, signSession } from '../sessions/issue-session';
import { inTransaction } from '../store/database';
import { issueLatestFlowState } from '../store/flow-states';
import { consumeToken, type Verification } from '../verification/consume-token';
import { findByEmailAndCode, findByTokenHash } from '../verification/find-verification';

const HALF_CONFIRMED = 'Confirmation link accepted. Please proceed to confirm link sent to the other email';

const verifyBody = z.object({ type: text, token: text, token_hash: text, email: text, phone: text, redirect_to: text });
type VerifyBody = z.output<typeof verifyBody>;

export function verifyRoutes(server: AuthServerContext): Hono {
  return new Hono()
    .get('/verify', (c) => verifyLink(server, c))
    .post('/verify', async (c) => {
      const body = await readBody(c, verifyBody);
      const find = verificationFinder(server, c, body);
      const invitedPasswordHash = await hashPassword(randomPassword());
      const issued = inTransaction(server.db, () => {
        const consumed = consumeToken(server, find(), invitedPasswordHash);
        return consumed && issueSession(server.db, consumed.user, 'otp');
      });
      return c.json(issued ? await presentSession(server, issued) : { msg: HALF_CONFIRMED, code: '200' });
    });
}

function verificationFinder(server: AuthServerContext, c: Context, body: VerifyBody): () => Verification {
  const { type, token, token_hash: hash, email, phone } = body;
  if (!type) throw badRequest('validation_failed', 'Verify requires a verification type');
  if (Boolean(token) === Boolean(hash)) {
    throw badRequest('validation_failed', 'Verify requires either a token or a token hash');
  }
  if (hash) {
    if (email || phone || body.redirect_to) {
      throw badRequest('validation_failed', 'Only the token_hash and type should be provided');
    }
    return () => findByTokenHash(server, type, hash);
  }
  if (Boolean(email) === Boolean(phone)) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided on verify');
  }
  // No phone number has an account here, so no code belongs to one.
  if (phone) throw forbidden('otp_expired', 'Token has expired or is invalid');
  const address = readVerifiedAddress(email);
  return () =>
    findByEmailAndCode(server, { type, email: address, hash: hashOneTimeCode(address, token), aud: requestAudience(c) });
}

function readVerifiedAddress(email: string): string {
  try {
    return readEmailAddress(email);
  } catch {
    throw unprocessable('validation_failed', 'Invalid email format');
  }
}

/** The link of a mail was opened: always a redirect, except when the link is not one of ours at all. */
async function verifyLink(server: AuthServerContext, c: Context): Promise<Response> {
  const token = c.req.query('token') ?? '';
  const type = c.req.query('type') ?? '';
  const redirectTo = resolveRedirect(server.config, c);
  if (!type) throw badRequest('validation_failed', 'Verify requires a verification type');
  if (!token) throw badRequest('validation_failed', 'Verify requires a token or a token hash');
  if (isPkceToken(token)) flowMethod(type);

  const invitedPasswordHash = await hashPassword(randomPassword());
  try {
    const opened = inTransaction(server.db, () => openLink(server, { type, token, invitedPasswordHash }));
    return c.redirect(await successLocation(server, redirectTo, opened), 303);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return c.redirect(errorLocation(redirectTo, error, isPkceToken(token)), 303);
  }
}

interface Link {
  type: string;
  token: string;
  invitedPasswordHash: string;
}

type OpenedLink = { half: true; isPkce: boolean } | { code: string } | { session: IssuedSession; type: string };

function openLink(server: AuthServerContext, { type, token, invitedPasswordHash }: Link): OpenedLink {
  const isPkce = isPkceToken(token);
  const consumed = consumeToken(server, findByTokenHash(server, type, token), invitedPasswordHash);
  if (!consumed) return { half: true, isPkce };
  if (!isPkce) return { session: issueSession(server.db, consumed.user, 'otp'), type: consumed.type };
  const flow = issueLatestFlowState(server.db, consumed.user.id, flowMethod(type));
  if (flow?.auth_code) return { code: flow.auth_code };
  throw badRequest('flow_state_not_found', 'No associated flow state found. No valid flow state found for user.');
}

async function successLocation(server: AuthServerContext, redirectTo: string, opened: OpenedLink): Promise<string> {
  if ('half' in opened) return messageLocation(redirectTo, HALF_CONFIRMED, opened.isPkce);
  if ('code' in opened) return codeLocation(redirectTo, opened.code);
  const { expires_in, expires_at, ...tokens } = await signSession(server, opened.session);
  return tokenLocation(redirectTo, {
    ...tokens,
    expires_in: String(expires_in),
    expires_at: String(expires_at),
    type: opened.type,
  });
}

const FLOW_METHODS: Record<string, string> = { signup: 'email/signup' };
const KNOWN_METHODS = ['email/signup', 'invite', 'magiclink', 'recovery', 'email_change'];

function flowMethod(type: string): string {
  const method = FLOW_METHODS[type] ?? type;
  // Supabase answers this with a 500 as well.
  if (!KNOWN_METHODS.includes(method)) throw new Error(`unsupported authentication method ${type}`);
  return method;
}
