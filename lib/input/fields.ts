import { z } from 'zod';

// Control characters break terminals and mails; bidirectional overrides and marks make a name read as another.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/u;
// Letters that draw nothing (fillers, an empty Braille cell) are letters to Unicode.
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;
const MAX_EMAIL = 254;

/** A name people read: trimmed, 1–80 characters, printable. */
export const displayName = z
  .string('must be text')
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .refine((value) => !UNPRINTABLE.test(value), 'must not contain control or direction characters')
  .refine((value) => !/\p{M}{5}/u.test(value), 'must not stack accents')
  .refine((value) => VISIBLE.test(value), 'must show something');

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
