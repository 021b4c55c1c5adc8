import { Hono } from 'hono';
import { z } from 'zod';
import { AddressTaken, checkSignupEnabled, type SignUp, signUp } from '../accounts/sign-up';
import { signUpAnonymously } from '../accounts/sign-up-anonymously';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { readEmailAddress } from '../policy/email-address';
import { checkPasswordStrength, hashPassword } from '../policy/password';
import { checkCodeChallenge } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { presentUser } from '../present-user';
import { metadata, readBody, text } from '../read-body';
import { issueSession, presentSession } from '../sessions/issue-session';
import { inTransaction, timestamp } from '../store/database';
import type { User } from '../store/users';

const signupBody = z.object({
  email: text,
  phone: text,
  password: text,
  data: metadata,
  code_challenge: text,
  code_challenge_method: text,
});
type SignupBody = z.output<typeof signupBody>;

export function signupRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/signup', async (c) => {
    const body = await readBody(c, signupBody);
    if (!body.email && !body.phone) {
      const visitor = signUpAnonymously(server, requestAudience(c), body.data ?? {});
      return c.json(await presentSession(server, visitor));
    }
    checkSignup(server, body);
    const request: SignUp = {
      email: readEmailAddress(body.email),
      aud: requestAudience(c),
      passwordHash: await hashPassword(body.password),
      data: body.data ?? {},
      delivery: { redirectTo: resolveRedirect(server.config, c), challenge: body },
    };
    const user = signUpOrPretend(server, request);
    if ('fake' in user) return c.json(user.fake);
    if (!user.email_confirmed_at) return c.json(presentUnconfirmed(server, user));
    const session = inTransaction(server.db, () => issueSession(server.db, user, 'password'));
    return c.json(await presentSession(server, session));
  });
}

function checkSignup(server: AuthServerContext, body: SignupBody): void {
  checkSignupEnabled(server);
  if (!body.password) throw badRequest('validation_failed', 'Signup requires a valid password');
  checkPasswordStrength(body.password, server.config.minimumPasswordLength);
  if (body.email && body.phone) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided on signup.');
  }
  checkCodeChallenge(body);
  if (body.phone) throw badRequest('phone_provider_disabled', 'Phone signups are disabled');
}

function signUpOrPretend(server: AuthServerContext, request: SignUp): User | { fake: object } {
  try {
    return signUp(server, request);
  } catch (error) {
    if (error instanceof AddressTaken && !server.config.autoconfirm)
      return { fake: presentFakeUser(server, error.owner, request) };
    throw error;
  }
}

/** Looks like a fresh registration, so that nobody learns who has an account. Its id leads nowhere. */
function presentFakeUser({ db }: AuthServerContext, owner: User, request: SignUp): object {
  const now = timestamp();
  const fake: User = {
    ...owner,
    id: crypto.randomUUID(),
    role: '',
    aud: request.aud,
    email_change: '',
    email_change_sent_at: null,
    email_confirmed_at: null,
    phone_confirmed_at: null,
    last_sign_in_at: null,
    confirmation_sent_at: now,
    created_at: now,
    updated_at: now,
    raw_user_meta_data: request.data,
    raw_app_meta_data: { provider: 'email', providers: ['email'] },
  };
  return presentUser(db, fake, []);
}

/** Somebody who was invited may not be the one signing up: what the inviter wrote stays hidden. */
function presentUnconfirmed({ db }: AuthServerContext, user: User): object {
  if (user.invited_at === null) return presentUser(db, user);
  return presentUser(db, { ...user, raw_user_meta_data: {} }, []);
}
