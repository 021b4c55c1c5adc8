import { badRequest } from '../auth-error';

const MAXIMUM_LENGTH = 255;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const EMAIL = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`);

/** Returns the address in lower case, as it is stored. Throws validation_failed (400). */
export function readEmailAddress(email: string): string {
  if (!email) throw badRequest('validation_failed', 'An email address is required');
  if (email.length > MAXIMUM_LENGTH) throw badRequest('validation_failed', 'An email address is too long');
  if (!EMAIL.test(email)) throw badRequest('validation_failed', 'Unable to validate email address: invalid format');
  return email.toLowerCase();
}
