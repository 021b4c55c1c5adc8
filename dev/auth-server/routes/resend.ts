import { Hono } from 'hono';
import { z } from 'zod';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { sendConfirmation, sendEmailChange } from '../mail/send-auth-mail';
import { readEmailAddress } from '../policy/email-address';
import { checkCodeChallenge, startFlow } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { findUserByEmail } from '../store/users';

const resendBody = z.object({ type: text, email: text, phone: text, code_challenge: text, code_challenge_method: text });
type ResendBody = z.output<typeof resendBody>;

const EMAIL_TYPES = ['signup', 'email_change'];
const PHONE_TYPES = ['sms', 'phone_change'];

export function resendRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/resend', async (c) => {
    const body = await readBody(c, resendBody);
    const email = readRecipient(body);
    const user = findUserByEmail(server.db, email, requestAudience(c));
    if (!user) return c.json({});
    const delivery = { redirectTo: resolveRedirect(server.config, c), challenge: body };
    inTransaction(server.db, () => {
      if (body.type === 'signup' && !user.email_confirmed_at) {
        startFlow(server.db, user.id, 'email/signup', body);
        sendConfirmation(server, user, delivery);
      }
      if (body.type === 'email_change' && user.email_change) {
        startFlow(server.db, user.id, 'email_change', body);
        sendEmailChange(server, user, user.email_change, delivery);
      }
    });
    return c.json({});
  });
}

function readRecipient(body: ResendBody): string {
  if (EMAIL_TYPES.includes(body.type)) checkCodeChallenge(body);
  else if (!PHONE_TYPES.includes(body.type)) {
    throw badRequest('validation_failed', 'Missing one of these types: signup, email_change, sms, phone_change');
  }
  if (!body.email && body.type === 'signup') {
    throw badRequest('validation_failed', 'Type provided requires an email address');
  }
  if (!body.phone && body.type === 'sms') throw badRequest('validation_failed', 'Type provided requires a phone number');
  if (body.email && body.phone) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided.');
  }
  if (body.email) return readEmailAddress(body.email);
  if (body.phone) throw badRequest('phone_provider_disabled', 'Phone logins are disabled');
  throw badRequest('validation_failed', 'Missing email address or phone number');
}
