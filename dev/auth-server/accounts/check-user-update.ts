import { badRequest, emailExists, forbidden, unauthorized, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import type { Caller } from '../authenticate';
import { readEmailAddress } from '../policy/email-address';
import { hashOneTimeCode } from '../policy/one-time-code';
import { checkPasswordStrength, hashPassword, isPassword } from '../policy/password';
import type { Metadata } from '../read-body';
import { isOlderThan } from '../store/database';
import { hasVerifiedFactor } from '../store/factors';
import { clearOneTimeTokens } from '../store/one-time-tokens';
import { listAmr } from '../store/sessions';
import { type User, updateUser } from '../store/users';
import { findEmailOwner } from './email-owner';

export interface UserUpdateRequest {
  email: string;
  phone: string;
  password?: string | null | undefined;
  current_password: string;
  nonce: string;
  app_metadata: Metadata | null;
}

/** Throws what Supabase refuses before it looks at the new address or password themselves. */
export function checkUpdate(server: AuthServerContext, { user, session }: Caller, update: UserUpdateRequest): void {
  const { email, phone, password } = update;
  if (email) readEmailAddress(email);
  if (phone) throw badRequest('phone_provider_disabled', 'Phone changes are disabled');
  if (typeof password === 'string') checkPasswordStrength(password, server.config.minimumPasswordLength);
  if (update.app_metadata) throw forbidden('not_admin', 'Updating app_metadata requires admin privileges');
  const isSensitive = Boolean(password) || isAnother(email, user);
  if (isSensitive && session?.aal !== 'aal2' && hasVerifiedFactor(server.db, user.id)) {
    const message = 'AAL2 session is required to update email or password when MFA is enabled.';
    throw unauthorized('insufficient_aal', message);
  }
  if (user.is_anonymous && password && !email) {
    const message = 'Updating password of an anonymous user without an email or phone is not allowed';
    throw unprocessable('validation_failed', message);
  }
  if (user.is_sso_user && (isSensitive || update.nonce)) {
    const message = 'Updating email, phone, password of a SSO account only possible via SSO';
    throw unprocessable('user_sso_managed', message);
  }
}

const isAnother = (email: string, user: User): boolean => email !== '' && email.toLowerCase() !== user.email;

/** The address to change to, if it is another one. Throws email_exists (422). */
export function readNewEmail({ db }: AuthServerContext, { user }: Caller, email: string): string | undefined {
  if (!isAnother(email, user)) return undefined;
  const address = email.toLowerCase();
  if (findEmailOwner(db, address, user.aud, user)) throw emailExists();
  return address;
}

/** The hash of the new password, once the person has proved what the configuration asks for. */
export async function readNewPassword(
  server: AuthServerContext,
  caller: Caller,
  update: UserUpdateRequest,
): Promise<string | undefined> {
  const { password, nonce } = update;
  if (typeof password !== 'string') return undefined;
  checkReauthentication(server, caller, nonce);
  if (!password) return undefined;
  await checkCurrentPassword(server, caller, update.current_password);
  if (await isPassword(password, caller.user.encrypted_password)) {
    throw unprocessable('same_password', 'New password should be different from the old password.');
  }
  return hashPassword(password);
}

function checkReauthentication({ db, config }: AuthServerContext, { user, session }: Caller, nonce: string): void {
  if (!config.securePasswordChange) return;
  if (session && !isOlderThan(session.created_at, config.reauthenticateAfterSeconds)) return;
  if (!nonce) throw badRequest('reauthentication_needed', 'Password update requires reauthentication');
  const sent = user.reauthentication_sent_at;
  const isFresh = sent !== null && !isOlderThan(sent, config.otpLifetimeSeconds);
  if (!isFresh || !user.email || user.reauthentication_token !== hashOneTimeCode(user.email, nonce)) {
    throw unprocessable('reauthentication_not_valid', 'Nonce has expired or is invalid');
  }
  clearOneTimeTokens(db, user.id);
  updateUser(db, user, { reauthentication_token: '' });
}

const RECOVERIES = ['otp', 'magiclink', 'recovery'];

/** Whoever came by a link may have forgotten the password and is not asked for it. */
async function checkCurrentPassword(
  { db, config }: AuthServerContext,
  { user, session }: Caller,
  current: string,
): Promise<void> {
  if (!config.requireCurrentPassword || !user.encrypted_password) return;
  if (session && listAmr(db, session.id).some((entry) => RECOVERIES.includes(entry.method))) return;
  const message = 'Current password required when setting new password.';
  if (!current) throw badRequest('current_password_required', message);
  if (!(await isPassword(current, user.encrypted_password))) throw badRequest('current_password_invalid', message);
}
