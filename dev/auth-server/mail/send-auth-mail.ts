import { tooManyRequests } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { newOneTimeCode } from '../policy/one-time-code';
import { type CodeChallenge, withFlowPrefix } from '../policy/pkce';
import { timestamp } from '../store/database';
import { insertMail } from '../store/mails';
import { putOneTimeToken } from '../store/one-time-tokens';
import { type User, type UserChanges, updateUser } from '../store/users';
import { actionLink } from './action-link';
import { composeMail, composeReauthentication, type MailKind } from './compose-mail';

const SENDER = 'Development auth server <auth@localhost>';

export interface Delivery {
  redirectTo: string;
  challenge: CodeChallenge;
}

/** No challenge: the link signs in whichever browser opens it. */
export const IMPLICIT_FLOW: CodeChallenge = { code_challenge: '', code_challenge_method: '' };

/** Mails the link that confirms a new address. Call inside a transaction; so for the others below. */
export function sendConfirmation(server: AuthServerContext, user: User, delivery: Delivery): User {
  checkMailInterval(server, user.confirmation_sent_at);
  return sendConfirmationToken(server, user, { kind: 'signup', delivery });
}

/** No interval applies to invitations, and they never start a PKCE flow: the inviter's browser is not the invitee's. */
export function sendInvite(server: AuthServerContext, user: User, redirectTo: string): User {
  const delivery = { redirectTo, challenge: IMPLICIT_FLOW };
  return sendConfirmationToken(server, user, { kind: 'invite', delivery, changes: { invited_at: timestamp() } });
}

export function sendRecovery(server: AuthServerContext, user: User, kind: 'recovery' | 'magiclink', delivery: Delivery): User {
  checkMailInterval(server, user.recovery_sent_at);
  const email = user.email ?? '';
  const { code, hash } = newOneTimeCode(email);
  const token = withFlowPrefix(hash, delivery.challenge);
  deliver(server, { kind, to: email, token, code, redirectTo: delivery.redirectTo });
  putOneTimeToken(server.db, user.id, 'recovery_token', token);
  return updateUser(server.db, user, { recovery_token: token, recovery_sent_at: timestamp() });
}

/** Mails the new address and, with secure email change, the current one too: both must agree. */
export function sendEmailChange(server: AuthServerContext, user: User, newEmail: string, delivery: Delivery): User {
  checkMailInterval(server, user.email_change_sent_at);
  const changes: UserChanges = {
    email_change: newEmail,
    email_change_confirm_status: 0,
    email_change_sent_at: timestamp(),
    email_change_token_new: sendEmailChangeToken(server, newEmail, delivery),
  };
  if (server.config.secureEmailChange && user.email) {
    changes.email_change_token_current = sendEmailChangeToken(server, user.email, delivery);
  }
  const changed = updateUser(server.db, user, changes);
  for (const type of ['email_change_token_current', 'email_change_token_new'] as const) {
    if (changed[type]) putOneTimeToken(server.db, user.id, type, changed[type]);
  }
  return changed;
}

/** Mails the code that proves a signed-in person still reads this address. */
export function sendReauthentication({ config, db }: AuthServerContext, user: User, email: string): User {
  checkMailInterval({ config }, user.reauthentication_sent_at);
  const { code, hash } = newOneTimeCode(email);
  insertMail(db, { recipient: email, sender: SENDER, ...composeReauthentication(code) });
  putOneTimeToken(db, user.id, 'reauthentication_token', hash);
  return updateUser(db, user, { reauthentication_token: hash, reauthentication_sent_at: timestamp() });
}

interface ConfirmationMail {
  kind: 'signup' | 'invite';
  delivery: Delivery;
  changes?: UserChanges;
}

function sendConfirmationToken(server: AuthServerContext, user: User, { kind, delivery, changes }: ConfirmationMail): User {
  const email = user.email ?? '';
  const { code, hash } = newOneTimeCode(email);
  const token = withFlowPrefix(hash, delivery.challenge);
  deliver(server, { kind, to: email, token, code, redirectTo: delivery.redirectTo });
  putOneTimeToken(server.db, user.id, 'confirmation_token', token);
  return updateUser(server.db, user, { ...changes, confirmation_token: token, confirmation_sent_at: timestamp() });
}

function sendEmailChangeToken(server: AuthServerContext, to: string, { challenge, redirectTo }: Delivery): string {
  const { code, hash } = newOneTimeCode(to);
  const token = withFlowPrefix(hash, challenge);
  deliver(server, { kind: 'email_change', to, token, code, redirectTo });
  return token;
}

interface OutgoingMail {
  kind: MailKind;
  to: string;
  token: string;
  code: string;
  redirectTo: string;
}

function deliver({ db, publicUrl }: AuthServerContext, { kind, to, token, code, redirectTo }: OutgoingMail): void {
  const link = actionLink(publicUrl, token, kind, redirectTo);
  insertMail(db, { recipient: to, sender: SENDER, ...composeMail(kind, link, code) });
}

function checkMailInterval({ config }: Pick<AuthServerContext, 'config'>, sentAt: string | null): void {
  if (!sentAt) return;
  const left = (Date.parse(sentAt) - Date.now()) / 1000 + config.mailIntervalSeconds;
  if (left <= 0) return;
  const message = `For security purposes, you can only request this after ${Math.trunc(left)} seconds.`;
  throw tooManyRequests('over_email_send_rate_limit', message);
}
