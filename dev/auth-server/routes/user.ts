import { Hono } from 'hono';
import { z } from 'zod';
import { changePassword } from '../accounts/confirm-user';
import { findEmailOwner } from '../accounts/email-owner';
import { badRequest, emailExists, forbidden, unauthorized, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser, type Caller, requestAudience } from '../authenticate';
import { sendEmailChange } from '../mail/send-auth-mail';
import { readEmailAddress } from '../policy/email-address';
import { checkPasswordStrength, hashPassword, isPassword } from '../policy/password';
import { type CodeChallenge, startFlow } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { presentUser } from '../present-user';
import { type Metadata, metadata, readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { hasVerifiedFactor } from '../store/factors';
import { mergeMetadata, type User, updateUser } from '../store/users';

const userBody = z.object({
  email: text,
  phone: text,
  password: z.string().nullish(),
  data: metadata,
  app_metadata: metadata,
  code_challenge: text,
  code_challenge_method: text,
});
type UserBody = z.output<typeof userBody>;

interface UserUpdate {
  passwordHash: string | undefined;
  newEmail: string | undefined;
  data: Metadata | null;
  challenge: CodeChallenge;
  redirectTo: string;
}

export function userRoutes(server: AuthServerContext): Hono {
  return new Hono()
    .get('/user', async (c) => {
      const { user, claims } = await authenticateUser(server, c);
      if (requestAudience(c, claims) !== [claims.aud].flat()[0]) {
        throw badRequest('validation_failed', "Token audience doesn't match request audience");
      }
      return c.json(presentUser(server.db, user));
    })
    .put('/user', async (c) => {
      const caller = await authenticateUser(server, c);
      const body = await readBody(c, userBody);
      checkUpdate(server, body);
      checkAssurance(server, caller, body);
      const update: UserUpdate = {
        newEmail: readNewEmail(server, caller, body.email),
        passwordHash: await readNewPassword(caller.user, body.password),
        data: body.data,
        challenge: body,
        redirectTo: resolveRedirect(server.config, c),
      };
      const updated = inTransaction(server.db, () => applyUpdate(server, caller, update));
      return c.json(presentUser(server.db, updated));
    });
}

function checkUpdate({ config }: AuthServerContext, body: UserBody): void {
  if (body.email) readEmailAddress(body.email);
  if (body.phone) throw badRequest('phone_provider_disabled', 'Phone changes are disabled');
  if (typeof body.password === 'string') checkPasswordStrength(body.password, config.minimumPasswordLength);
  if (body.app_metadata) throw forbidden('not_admin', 'Updating app_metadata requires admin privileges');
}

/** With an authenticator enrolled, the ways to sign in change from an aal2 session only. */
function checkAssurance({ db }: AuthServerContext, { user, session }: Caller, { email, password }: UserBody): void {
  const isSensitive = Boolean(password) || (email && email.toLowerCase() !== user.email);
  if (!isSensitive || session?.aal === 'aal2' || !hasVerifiedFactor(db, user.id)) return;
  const message = 'AAL2 session is required to update email or password when MFA is enabled.';
  throw unauthorized('insufficient_aal', message);
}

function readNewEmail({ db }: AuthServerContext, { user }: Caller, email: string): string | undefined {
  const address = email.toLowerCase();
  if (!address || address === user.email) return undefined;
  if (findEmailOwner(db, address, user.aud, user)) throw emailExists();
  return address;
}

async function readNewPassword(user: User, password: string | null | undefined): Promise<string | undefined> {
  if (!password) return undefined;
  if (await isPassword(password, user.encrypted_password)) {
    throw unprocessable('same_password', 'New password should be different from the old password.');
  }
  return hashPassword(password);
}

function applyUpdate(server: AuthServerContext, { user, session }: Caller, update: UserUpdate): User {
  let updated = user;
  if (update.passwordHash) updated = changePassword(server.db, updated, update.passwordHash, session?.id);
  if (update.data) {
    updated = updateUser(server.db, updated, { raw_user_meta_data: mergeMetadata(updated.raw_user_meta_data, update.data) });
  }
  if (!update.newEmail) return updated;
  startFlow(server.db, user.id, 'email_change', update.challenge);
  return sendEmailChange(server, updated, update.newEmail, update);
}
