import { AuthError, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { type Delivery, sendConfirmation } from '../mail/send-auth-mail';
import { startFlow } from '../policy/pkce';
import type { Metadata } from '../read-body';
import { type Database, inTransaction } from '../store/database';
import { findEmailIdentity, insertEmailIdentity } from '../store/identities';
import type { User } from '../store/users';
import { confirmUser } from './confirm-user';
import { dropUnconfirmed } from './drop-unconfirmed';
import { findEmailOwner } from './email-owner';
import { registerOneself } from './register-user';

export interface SignUp {
  email: string;
  aud: string;
  passwordHash: string;
  data: Metadata;
  delivery: Delivery;
}

/** Somebody confirmed already owns the address; whether the caller may learn that is the route's decision. */
export class AddressTaken extends AuthError {
  constructor(readonly owner: User) {
    super(422, 'user_already_exists', 'User already registered');
  }
}

/** Registers a user, or mails an unconfirmed one again without touching it: who asks is not yet known. */
export function signUp(server: AuthServerContext, { email, aud, passwordHash, data, delivery }: SignUp): User {
  const { db, config } = server;
  return inTransaction(db, () => {
    const known = findEmailOwner(db, email, aud);
    if (known?.email_confirmed_at) throw new AddressTaken(known);
    const user = known ? withEmailIdentity(db, known, data) : registerOneself(db, { email, aud, passwordHash, data });
    if (config.autoconfirm) return confirmUser(db, user);
    startFlow(db, user.id, 'email/signup', delivery.challenge);
    return sendConfirmation(server, user, delivery);
  });
}

/** Somebody who only came through a provider so far, and never proved the address, begins anew with it. */
function withEmailIdentity(db: Database, user: User, data: Metadata): User {
  if (findEmailIdentity(db, user.id)) return user;
  return dropUnconfirmed(db, user, insertEmailIdentity(db, user, data));
}

export function checkSignupEnabled({ config }: AuthServerContext): void {
  if (config.disableSignup) throw unprocessable('signup_disabled', 'Signups not allowed for this instance');
}
