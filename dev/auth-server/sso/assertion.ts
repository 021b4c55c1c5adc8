import { z } from 'zod';
import { badRequest } from '../auth-error';
import type { ExternalProfile } from '../external/providers';

const assertion = z.object({ issuer: z.string(), email: z.string(), name: z.string() });

export type Assertion = z.output<typeof assertion>;

/** The stand-in's assertion: what a signed SAML response would say, as JSON, because only this process reads it. */
export const encodeAssertion = (said: Assertion): string => Buffer.from(JSON.stringify(said)).toString('base64');

/** Throws validation_failed or saml_assertion_no_email (400). */
export function readAssertion(encoded: string): ExternalProfile {
  const { issuer, email, name } = decode(encoded);
  if (!email) throw badRequest('saml_assertion_no_email', 'SAML Assertion does not contain an email address');
  const names = name ? { name } : {};
  const data = { ...names, iss: issuer, sub: email, email, email_verified: true, phone_verified: false, custom_claims: {} };
  return { subject: email, email, isEmailVerified: true, data };
}

function decode(encoded: string): Assertion {
  try {
    return assertion.parse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch {
    throw badRequest('validation_failed', 'SAML Assertion is not valid');
  }
}
