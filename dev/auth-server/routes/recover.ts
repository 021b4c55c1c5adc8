import { Hono } from 'hono';
import { z } from 'zod';
import { badRequest } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { sendRecovery } from '../mail/send-auth-mail';
import { readEmailAddress } from '../policy/email-address';
import { checkCodeChallenge, startFlow } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { findUserByEmail } from '../store/users';

const recoverBody = z.object({ email: text, code_challenge: text, code_challenge_method: text });

export function recoverRoutes(server: AuthServerContext): Hono {
  return new Hono().post('/recover', async (c) => {
    const body = await readBody(c, recoverBody);
    if (!body.email) throw badRequest('validation_failed', 'Password recovery requires an email');
    const email = readEmailAddress(body.email);
    checkCodeChallenge(body);
    const user = findUserByEmail(server.db, email, requestAudience(c));
    // An unknown address gets the same answer: nobody learns who has an account.
    if (!user) return c.json({});
    startFlow(server.db, user.id, 'recovery', body);
    const delivery = { redirectTo: resolveRedirect(server.config, c), challenge: body };
    inTransaction(server.db, () => sendRecovery(server, user, 'recovery', delivery));
    return c.json({});
  });
}
