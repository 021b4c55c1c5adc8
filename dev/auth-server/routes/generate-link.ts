import { Hono } from 'hono';
import { z } from 'zod';
import { findEmailOwner } from '../accounts/email-owner';
import { registerUser } from '../accounts/register-user';
import { badRequest, emailExists, notFound } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { actionLink } from '../mail/action-link';
import { readEmailAddress } from '../policy/email-address';
import { hashOneTimeCode, newOneTimeCode, type OneTimeCode } from '../policy/one-time-code';
import { checkPasswordStrength, hashPassword, randomPassword } from '../policy/password';
import { isRedirectAllowed, resolveRedirect } from '../policy/redirect-url';
import { presentUser } from '../present-user';
import { type Metadata, metadata, readBody, text } from '../read-body';
import { inTransaction, timestamp } from '../store/database';
import { type OneTimeTokenType, putOneTimeToken } from '../store/one-time-tokens';
import { findUserByEmail, mergeMetadata, type User, type UserChanges, updateUser } from '../store/users';

const linkBody = z.object({ type: text, email: text, new_email: text, password: text, data: metadata, redirect_to: text });

interface LinkRequest {
  type: string;
  email: string;
  newEmail: string;
  aud: string;
  passwordHash: string | undefined;
  data: Metadata | null;
}

/** Makes a link without mailing it. It signs in whoever holds it, which is why only administrators may ask. */
export function generateLinkRoutes(server: AuthServerContext): Hono {
  const { db, config, publicUrl } = server;
  return new Hono().post('/admin/generate_link', async (c) => {
    const body = await readBody(c, linkBody);
    const email = readEmailAddress(body.email);
    const aud = requestAudience(c);
    const redirectTo = isRedirectAllowed(config, body.redirect_to) ? body.redirect_to : resolveRedirect(config, c);
    const known = findUserByEmail(db, email, aud);
    const type = resolveType(body.type, known);
    const password = body.type === type ? body.password : randomPassword();
    const passwordHash = type === 'signup' && !known ? await hashNewPassword(server, password) : undefined;
    const code = newOneTimeCode(email);
    const request: LinkRequest = { type, email, newEmail: body.new_email, aud, passwordHash, data: body.data };
    const { user, token } = inTransaction(db, () => storeToken(server, request, code));
    return c.json({
      ...presentUser(db, user),
      action_link: actionLink(publicUrl, token, linkType(type), redirectTo),
      email_otp: code.code,
      hashed_token: code.hash,
      verification_type: type,
      redirect_to: redirectTo,
    });
  });
}

/** A magic link for somebody unknown silently becomes a sign-up. */
function resolveType(type: string, known: User | undefined): string {
  if (known) return type;
  if (type === 'magiclink') return 'signup';
  if (['recovery', 'email_change_current', 'email_change_new'].includes(type)) {
    throw notFound('user_not_found', 'User with this email not found');
  }
  return type;
}

async function hashNewPassword({ config }: AuthServerContext, password: string): Promise<string> {
  if (!password) throw badRequest('validation_failed', 'Signup requires a valid password');
  checkPasswordStrength(password, config.minimumPasswordLength);
  return hashPassword(password);
}

const linkType = (type: string): string => (type.startsWith('email_change') ? 'email_change' : type);

interface StoredToken {
  user: User;
  token: string;
}

function storeToken(server: AuthServerContext, request: LinkRequest, code: OneTimeCode): StoredToken {
  const known = findUserByEmail(server.db, request.email, request.aud);
  switch (request.type) {
    case 'signup':
    case 'invite':
      return storeConfirmation(server, request, { known, hash: code.hash });
    case 'magiclink':
    case 'recovery':
      return store(server, known, { type: 'recovery_token', hash: code.hash, changes: { recovery_sent_at: timestamp() } });
    case 'email_change_current':
    case 'email_change_new':
      return storeEmailChange(server, request, { known, code });
    default:
      throw badRequest('validation_failed', `Invalid email action link type requested: ${request.type}`);
  }
}

function storeConfirmation(
  server: AuthServerContext,
  { type, email, aud, passwordHash, data }: LinkRequest,
  { known, hash }: { known: User | undefined; hash: string },
): StoredToken {
  if (known?.email_confirmed_at) throw emailExists();
  const user = known ?? registerUser(server.db, { email, aud, passwordHash, data: data ?? {} });
  const changes: UserChanges = { confirmation_sent_at: timestamp() };
  if (type === 'invite') changes.invited_at = changes.confirmation_sent_at;
  else if (known) changes.raw_user_meta_data = mergeMetadata(known.raw_user_meta_data, data ?? {});
  return store(server, user, { type: 'confirmation_token', hash, changes });
}

function storeEmailChange(
  server: AuthServerContext,
  { type, newEmail, aud }: LinkRequest,
  { known, code }: { known: User | undefined; code: OneTimeCode },
): StoredToken {
  if (!server.config.secureEmailChange && type === 'email_change_current') {
    throw badRequest('validation_failed', 'Enable secure email change to generate link for current email');
  }
  const address = readEmailAddress(newEmail);
  if (findEmailOwner(server.db, address, aud, known)) throw emailExists();
  const changes = { email_change: address, email_change_sent_at: timestamp(), email_change_confirm_status: 0 };
  if (type === 'email_change_current') {
    return store(server, known, { type: 'email_change_token_current', hash: code.hash, changes });
  }
  return store(server, known, { type: 'email_change_token_new', hash: hashOneTimeCode(address, code.code), changes });
}

interface Token {
  type: OneTimeTokenType;
  hash: string;
  changes: UserChanges;
}

function store({ db }: AuthServerContext, user: User | undefined, { type, hash, changes }: Token): StoredToken {
  if (!user) throw notFound('user_not_found', 'User with this email not found');
  putOneTimeToken(db, user.id, type, hash);
  return { user: updateUser(db, user, { ...changes, [type]: hash }), token: hash };
}
