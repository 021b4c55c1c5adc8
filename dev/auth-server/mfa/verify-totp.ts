import { unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import type { IssuedSession } from '../sessions/issue-session';
import { type Challenge, deleteChallenge, findChallenge, markChallengeVerified } from '../store/challenges';
import { isOlderThan } from '../store/database';
import { deleteUnverifiedFactors, type Factor, markVerified } from '../store/factors';
import { findActiveRefreshToken, insertRefreshToken, revokeRefreshToken } from '../store/refresh-tokens';
import { addAmr, deleteUnraisedSessions, type Session, setAssurance } from '../store/sessions';
import type { User } from '../store/users';
import { isTotpCode } from './totp';

export interface Attempt {
  challengeId: string;
  code: string;
  ipAddress: string;
}

/** The challenge, when it is this factor's, unused, young and answered from where it was asked. Throws 422 otherwise. */
export function checkAttempt({ db, config }: AuthServerContext, factor: Factor, attempt: Attempt): Challenge {
  const challenge = findChallenge(db, factor.id, attempt.challengeId);
  if (!challenge) {
    throw unprocessable('mfa_factor_not_found', 'MFA factor with the provided challenge ID not found');
  }
  if (challenge.verified_at || challenge.ip_address !== attempt.ipAddress) {
    throw unprocessable('mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch.');
  }
  if (isOlderThan(challenge.created_at, config.mfaChallengeLifetimeSeconds)) {
    deleteChallenge(db, challenge);
    const message = `MFA challenge ${challenge.id} has expired, verify against another challenge or create a new challenge.`;
    throw unprocessable('mfa_challenge_expired', message);
  }
  if (!isTotpCode(attempt.code, factor.secret)) throw unprocessable('mfa_verification_failed', 'Invalid TOTP code entered');
  return challenge;
}

/**
 * Raises the session to aal2 with a new refresh token, ends the user's lower sessions and drops half-made factors.
 * Call inside a transaction.
 */
export function raiseSession({ db }: AuthServerContext, { user, session }: Owner, proof: Proof): IssuedSession {
  markChallengeVerified(db, proof.challenge);
  if (proof.factor.status !== 'verified') markVerified(db, proof.factor);
  addAmr(db, session.id, 'totp');
  const active = findActiveRefreshToken(db, session.id);
  if (active) revokeRefreshToken(db, active);
  const { token } = insertRefreshToken(db, session.id, active?.token ?? null);
  setAssurance(db, session.id, 'aal2', proof.factor.id);
  deleteUnraisedSessions(db, user.id);
  deleteUnverifiedFactors(db, user.id);
  return { user, sessionId: session.id, refreshToken: token, method: 'totp' };
}

interface Owner {
  user: User;
  session: Session;
}

export interface Proof {
  factor: Factor;
  challenge: Challenge;
}
