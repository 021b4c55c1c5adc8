import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { AuthError, badRequest, forbidden, notFound, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { authenticateUser, type Caller, isUuid } from '../authenticate';
import { enrollTotp } from '../mfa/enroll-totp';
import { unenrollFactor } from '../mfa/unenroll-factor';
import { checkAttempt, raiseSession } from '../mfa/verify-totp';
import { ipAddress } from '../policy/ip-address';
import { readBody, text } from '../read-body';
import { presentSession } from '../sessions/issue-session';
import { insertChallenge } from '../store/challenges';
import { inTransaction } from '../store/database';
import { type Factor, findFactor, markChallenged } from '../store/factors';
import type { Session } from '../store/sessions';

const enrolBody = z.object({ factor_type: text, friendly_name: text, issuer: text, phone: text });
const verifyBody = z.object({ challenge_id: text, code: text });

/** A person's own factors: a code of an authenticator app. Phones and security keys are off, as in the default configuration. */
export function factorRoutes(server: AuthServerContext): Hono {
  const { db, config } = server;
  return new Hono()
    .post('/factors', async (c) => {
      const { user, session } = await authenticateOwner(server, c);
      const body = await readBody(c, enrolBody);
      checkFactorType(body.factor_type);
      const enrolment = { user, session, friendlyName: body.friendly_name, issuer: body.issuer };
      const { factor, totp } = inTransaction(db, () => enrollTotp(server, enrolment));
      const { qr_code, secret, uri } = totp;
      return c.json({ id: factor.id, type: 'totp', friendly_name: factor.friendly_name, totp: { qr_code, secret, uri } });
    })
    .post('/factors/:id/challenge', async (c) => {
      const { user } = await authenticateOwner(server, c);
      const factor = loadFactor(server, c, user.id);
      const challenge = inTransaction(db, () => {
        markChallenged(db, factor);
        return insertChallenge(db, factor.id, ipAddress(c));
      });
      const expiresAt = Math.floor(Date.parse(challenge.created_at) / 1000) + config.mfaChallengeLifetimeSeconds;
      return c.json({ id: challenge.id, type: factor.factor_type, expires_at: expiresAt });
    })
    .post('/factors/:id/verify', async (c) => {
      const { user, session } = await authenticateOwner(server, c);
      const factor = loadFactor(server, c, user.id);
      const body = await readBody(c, verifyBody);
      if (body.challenge_id && !isUuid(body.challenge_id)) throw malformedChallengeId(body.challenge_id);
      if (!body.code) throw badRequest('validation_failed', 'Code needs to be non-empty');
      const attempt = { challengeId: body.challenge_id, code: body.code, ipAddress: ipAddress(c) };
      const challenge = checkAttempt(server, factor, attempt);
      const issued = inTransaction(db, () => raiseSession(server, { user, session }, { factor, challenge }));
      return c.json(await presentSession(server, issued));
    })
    .delete('/factors/:id', async (c) => {
      const { user, session } = await authenticateOwner(server, c);
      const factor = loadFactor(server, c, user.id);
      if (factor.status === 'verified' && session.aal !== 'aal2') {
        throw unprocessable('insufficient_aal', 'AAL2 required to unenroll verified factor');
      }
      inTransaction(db, () => unenrollFactor(db, factor));
      return c.json({ id: factor.id });
    });
}

/** Throws mfa_factor_not_found (404) for another's factor, too. */
export function loadFactor({ db }: AuthServerContext, c: Context, userId: string): Factor {
  const id = c.req.param('factor_id') ?? c.req.param('id') ?? '';
  if (!isUuid(id)) throw notFound('validation_failed', 'factor_id must be an UUID');
  const factor = findFactor(db, userId, id);
  if (!factor) throw notFound('mfa_factor_not_found', 'Factor not found');
  return factor;
}

async function authenticateOwner(server: AuthServerContext, c: Context): Promise<Caller & { session: Session }> {
  const { user, session, claims } = await authenticateUser(server, c);
  if (claims.is_anonymous) {
    throw forbidden('no_authorization', 'Anonymous user not allowed to perform these actions');
  }
  const message = 'A valid session and a registered user are required to enroll a factor';
  if (!session) throw new AuthError(500, 'unexpected_failure', message);
  return { user, session, claims };
}

function checkFactorType(type: string): void {
  if (type === 'totp') return;
  if (type === 'phone') throw unprocessable('mfa_phone_enroll_not_enabled', 'MFA enroll is disabled for Phone');
  if (type === 'webauthn') throw unprocessable('mfa_webauthn_enroll_not_enabled', 'MFA enroll is disabled for WebAuthn');
  throw badRequest('validation_failed', 'factor_type needs to be totp, phone, or webauthn');
}

const malformedChallengeId = (id: string) =>
  badRequest('bad_json', `Could not parse request body as JSON: uuid: incorrect UUID length ${id.length} in string "${id}"`);
