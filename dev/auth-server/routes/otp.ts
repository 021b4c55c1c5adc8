import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { checkSignupEnabled, signUp } from '../accounts/sign-up';
import { badRequest, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { type Delivery, sendRecovery } from '../mail/send-auth-mail';
import { readEmailAddress } from '../policy/email-address';
import { hashPassword, randomPassword } from '../policy/password';
import { checkCodeChallenge, startFlow } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { type Metadata, metadata, readBody, text } from '../read-body';
import { inTransaction } from '../store/database';
import { findUserByEmail } from '../store/users';

const magicLinkBody = z.object({ email: text, data: metadata, code_challenge: text, code_challenge_method: text });
const otpBody = magicLinkBody.extend({
  phone: text,
  channel: text,
  create_user: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});
type OtpBody = z.output<typeof otpBody>;

export function otpRoutes(server: AuthServerContext): Hono {
  return new Hono()
    .post('/otp', async (c) => {
      const body = await readBody(c, otpBody);
      checkOtp(server, c, body);
      return sendMagicLink(server, c, body);
    })
    .post('/magiclink', async (c) => sendMagicLink(server, c, await readBody(c, magicLinkBody)));
}

function checkOtp({ db }: AuthServerContext, c: Context, body: OtpBody): void {
  if (body.email && body.phone) {
    throw badRequest('validation_failed', 'Only an email address or phone number should be provided');
  }
  if (body.email && body.channel) {
    throw badRequest('validation_failed', 'Channel should only be specified with Phone OTP');
  }
  checkCodeChallenge(body);
  if (!body.create_user && body.email && !findUserByEmail(db, readEmailAddress(body.email), requestAudience(c))) {
    throw unprocessable('otp_disabled', 'Signups not allowed for otp');
  }
  if (body.email) return;
  if (body.phone) throw badRequest('phone_provider_disabled', 'Unsupported phone provider');
  throw badRequest('validation_failed', 'One of email or phone must be set');
}

async function sendMagicLink(server: AuthServerContext, c: Context, body: z.output<typeof magicLinkBody>): Promise<Response> {
  if (!body.email) throw unprocessable('validation_failed', 'Password recovery requires an email');
  const email = readEmailAddress(body.email);
  checkCodeChallenge(body);
  const delivery: Delivery = { redirectTo: resolveRedirect(server.config, c), challenge: body };
  const aud = requestAudience(c);
  const isConfirmed = Boolean(findUserByEmail(server.db, email, aud)?.email_confirmed_at);
  if (!isConfirmed) await signUpByLink(server, { email, aud, data: body.data ?? {}, delivery });
  // A new user's confirmation mail is its first sign-in link, unless no confirmation is asked for.
  if (isConfirmed || server.config.autoconfirm) mailMagicLink(server, email, aud, delivery);
  return c.json({});
}

interface LinkSignUp {
  email: string;
  aud: string;
  data: Metadata;
  delivery: Delivery;
}

async function signUpByLink(server: AuthServerContext, request: LinkSignUp): Promise<void> {
  checkSignupEnabled(server);
  signUp(server, { ...request, passwordHash: await hashPassword(randomPassword()) });
}

function mailMagicLink(server: AuthServerContext, email: string, aud: string, delivery: Delivery): void {
  const user = findUserByEmail(server.db, email, aud);
  if (!user) return;
  // Outside the transaction on purpose: in Supabase a mail refused for its frequency leaves its flow state behind.
  startFlow(server.db, user.id, 'magiclink', delivery.challenge);
  inTransaction(server.db, () => sendRecovery(server, user, 'magiclink', delivery));
}
