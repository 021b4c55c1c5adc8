import { Hono } from 'hono';
import { z } from 'zod';
import { registerUser } from '../accounts/register-user';
import { emailExists } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience, requireAdmin } from '../authenticate';
import { sendInvite } from '../mail/send-auth-mail';
import { readEmailAddress } from '../policy/email-address';
import { resolveRedirect } from '../policy/redirect-url';
import { presentUser } from '../present-user';
import { metadata, readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { findUserByEmail } from '../store/users';

const inviteBody = z.object({ email: text, data: metadata });

/** Works while sign-up is disabled. An unconfirmed user is mailed again, a confirmed one is email_exists. */
export function inviteRoutes(server: AuthServerContext): Hono {
  const { db, config } = server;
  return new Hono().post('/invite', async (c) => {
    await requireAdmin(server, c);
    const body = await readBody(c, inviteBody);
    const email = readEmailAddress(body.email);
    const aud = requestAudience(c);
    const redirectTo = resolveRedirect(config, c);
    const invited = inTransaction(db, () => {
      const known = findUserByEmail(db, email, aud);
      if (known?.email_confirmed_at) throw emailExists();
      return sendInvite(server, known ?? registerUser(db, { email, aud, data: body.data ?? {} }), redirectTo);
    });
    return c.json(presentUser(db, invited));
  });
}
