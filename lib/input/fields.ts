import { z } from 'zod';

// Control characters break terminals and mails; bidirectional overrides make a name read as another.
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\u2028\u2029\uFEFF]/u;
const MAX_EMAIL = 254;

/** A name people read: trimmed, 1–80 characters, printable. */
export const displayName = z
  .string('must be text')
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .refine((value) => !UNPRINTABLE.test(value), 'must not contain control or direction characters')
  .refine((value) => !/\p{M}{5}/u.test(value), 'must not stack accents');

/** One validator for what is invited and what is compared. Kept in lower case. */
export const emailAddress = z
  .string('must be text')
  .trim()
  .max(MAX_EMAIL, 'is too long for an e-mail address')
  .pipe(z.email('is not an e-mail address'))
  .transform(lowerAscii)
  .meta({ format: 'email', description: 'Kept in lower case.' });

export const emptyInput = z.strictObject({});

/** Case folding as e-mail comparison needs it: ASCII letters only, so that no two scripts meet. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a path segment can be an id at all; asking Postgres for anything else is an error there. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
