import { Hono } from 'hono';
import { z } from 'zod';
import { checkUpdate, readNewEmail, readNewPassword } from '../accounts/check-user-update';
import { acceptEmailChange, changePassword } from '../accounts/confirm-user';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser, type Caller, requestAudience } from '../authenticate';
import { sendEmailChange } from '../mail/send-auth-mail';
import { type CodeChallenge, startFlow } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { presentUser } from '../present-user';
import { type Metadata, metadata, readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { mergeMetadata, type User, updateUser } from '../store/users';

const userBody = z.object({
  email: text,
  phone: text,
  password: z.string().nullish(),
  current_password: text,
  nonce: text,
  data: metadata,
  app_metadata: metadata,
  code_challenge: text,
  code_challenge_method: text,
});
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
      checkUpdate(server, caller, body);
      const update: UserUpdate = {
        newEmail: readNewEmail(server, caller, body.email),
        passwordHash: await readNewPassword(server, caller, body),
        data: body.data,
        challenge: body,
        redirectTo: resolveRedirect(server.config, c),
      };
      const updated = inTransaction(server.db, () => applyUpdate(server, caller, update));
      return c.json(presentUser(server.db, updated));
    });
}

function applyUpdate(server: AuthServerContext, { user, session }: Caller, update: UserUpdate): User {
  let updated = user;
  if (update.passwordHash) updated = changePassword(server.db, updated, update.passwordHash, session?.id);
  if (update.data) {
    updated = updateUser(server.db, updated, { raw_user_meta_data: mergeMetadata(updated.raw_user_meta_data, update.data) });
  }
  if (!update.newEmail) return updated;
  if (user.is_anonymous && server.config.autoconfirm) {
    return acceptEmailChange(server.db, updateUser(server.db, updated, { email_change: update.newEmail }));
  }
  startFlow(server.db, user.id, 'email_change', update.challenge);
  return sendEmailChange(server, updated, update.newEmail, update);
}
