import { badRequest, forbidden } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { isBanned } from '../policy/ban';
import { PKCE_PREFIX } from '../policy/pkce';
import { isOlderThan } from '../store/database';
import { findUserByOneTimeToken, type OneTimeTokenType } from '../store/one-time-tokens';
import { findUserByEmail, type User } from '../store/users';
import type { Verification } from './consume-token';

const EMAIL_CHANGE_TOKENS: OneTimeTokenType[] = ['email_change_token_current', 'email_change_token_new'];

const TOKEN_TYPES: Record<string, OneTimeTokenType[]> = {
  email: ['confirmation_token', 'recovery_token'],
  signup: ['confirmation_token'],
  invite: ['confirmation_token'],
  recovery: ['recovery_token'],
  magiclink: ['recovery_token'],
  email_change: EMAIL_CHANGE_TOKENS,
};

/** By the hash in a link or template. Throws otp_expired (403) for a used, unknown or old one. */
export function findByTokenHash(server: AuthServerContext, type: string, hash: string): Verification {
  const tokenTypes = TOKEN_TYPES[type];
  if (!tokenTypes) throw badRequest('validation_failed', 'Invalid email verification type');
  const user = findUserByOneTimeToken(server.db, hash, tokenTypes);
  if (!user) throw linkExpired();
  checkBan(user);
  const resolved = type === 'email' ? (user.recovery_token === hash ? 'magiclink' : 'signup') : type;
  if (isExpired(server, sentAt(user, resolved))) throw linkExpired();
  return { user, type: resolved, hash };
}

export interface TypedCode {
  type: string;
  email: string;
  hash: string;
  aud: string;
}

/** By the address and the six digits a person typed. Throws otp_expired (403). */
export function findByEmailAndCode(server: AuthServerContext, { type, email, hash, aud }: TypedCode): Verification {
  const user = type === 'email_change' ? findByEmailChange(server, hash) : findUserByEmail(server.db, email, aud);
  if (!user) throw codeExpired();
  checkBan(user);
  const candidates = type === 'email' ? ['signup', 'magiclink'] : [type];
  const resolved = candidates.find((candidate) => isValidFor(server, user, candidate, hash));
  if (!resolved) throw codeExpired();
  return { user, type: resolved, hash };
}

function findByEmailChange({ db }: AuthServerContext, hash: string): User | undefined {
  return (
    findUserByOneTimeToken(db, hash, EMAIL_CHANGE_TOKENS) ??
    findUserByOneTimeToken(db, `${PKCE_PREFIX}${hash}`, EMAIL_CHANGE_TOKENS)
  );
}

function isValidFor(server: AuthServerContext, user: User, type: string, hash: string): boolean {
  const tokenTypes = TOKEN_TYPES[type] ?? [];
  const matches = tokenTypes.some((tokenType) => user[tokenType] === hash || user[tokenType] === `${PKCE_PREFIX}${hash}`);
  return matches && !isExpired(server, sentAt(user, type));
}

function sentAt(user: User, type: string): string | null {
  if (type === 'email_change') return user.email_change_sent_at;
  return type === 'signup' || type === 'invite' ? user.confirmation_sent_at : user.recovery_sent_at;
}

function isExpired({ config }: AuthServerContext, sent: string | null): boolean {
  return sent === null || isOlderThan(sent, config.otpLifetimeSeconds);
}

function checkBan(user: User): void {
  if (isBanned(user)) throw forbidden('user_banned', 'User is banned');
}

const linkExpired = () => forbidden('otp_expired', 'Email link is invalid or has expired');
const codeExpired = () => forbidden('otp_expired', 'Token has expired or is invalid');
