import { AuthError, forbidden, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { deleteAbandonedFactors, type Factor, insertTotpFactor, listFactors } from '../store/factors';
import type { Session } from '../store/sessions';
import type { User } from '../store/users';
import { newTotpEnrolment, type TotpEnrolment } from './totp';

export interface Enrolment {
  user: User;
  session: Session;
  friendlyName: string;
  issuer: string;
}

/** A new factor that counts once a code of it was verified. Call inside a transaction. */
export function enrollTotp(server: AuthServerContext, enrolment: Enrolment): { factor: Factor; totp: TotpEnrolment } {
  const { user, friendlyName } = enrolment;
  checkEnrolment(server, enrolment);
  // Supabase answers this with a 500 as well: an authenticator entry needs a name to stand under.
  if (!user.email) throw new AuthError(500, 'unexpected_failure', 'Error generating QR Code');
  const totp = newTotpEnrolment(enrolment.issuer || new URL(server.config.siteUrl).host, user.email);
  const factor = insertTotpFactor(server.db, { user_id: user.id, friendly_name: friendlyName, secret: totp.secret });
  return { factor, totp };
}

function checkEnrolment({ db, config }: AuthServerContext, { user, session, friendlyName }: Enrolment): void {
  deleteAbandonedFactors(db);
  const factors = listFactors(db, user.id);
  const verified = factors.filter((factor) => factor.status === 'verified');
  if (factors.some((factor) => factor.friendly_name === friendlyName)) {
    const message = `A factor with the friendly name ${JSON.stringify(friendlyName)} for this user already exists`;
    throw unprocessable('mfa_factor_name_conflict', message);
  }
  if (factors.length >= config.maximumFactors || verified.length >= config.maximumFactors) {
    const message = 'Maximum number of verified factors reached, unenroll to continue';
    throw unprocessable('too_many_enrolled_mfa_factors', message);
  }
  if (verified.length > 0 && session.aal !== 'aal2') {
    throw forbidden('insufficient_aal', 'AAL2 required to enroll a new factor');
  }
}
