import { Hono } from 'hono';
import { badRequest, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser } from '../authenticate';
import { sendReauthentication } from '../mail/send-auth-mail';
import { inTransaction } from '../store/database';

/** Mails a code that a change of password may ask for. */
export function reauthenticateRoutes(server: AuthServerContext): Hono {
  return new Hono().get('/reauthenticate', async (c) => {
    const { user } = await authenticateUser(server, c);
    const { email } = user;
    if (!email) {
      throw badRequest('validation_failed', 'Reauthentication requires the user to have an email or a phone number');
    }
    if (!user.email_confirmed_at) throw unprocessable('email_not_confirmed', 'Please verify your email first.');
    inTransaction(server.db, () => sendReauthentication(server, user, email));
    return c.json({});
  });
}
