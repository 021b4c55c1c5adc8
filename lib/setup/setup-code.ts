import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Read off one screen and typed into another, so without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A code of 78 random bits, such as 7K2M-QX9D-HB4R-TVWA; the database keeps its hash. */
export function newSetupCode(): { code: string; hash: string } {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)];
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  const code = Array.from({ length: GROUPS }, group).join('-');
  return { code, hash: hashSetupCode(code) };
}

/** Whether a text is the code of this hash, however it was typed: case, spaces and hyphens do not count. */
export function isSetupCode(text: string, hash: string | null): boolean {
  if (hash === null) return false;
  return timingSafeEqual(Buffer.from(hashSetupCode(text), 'hex'), Buffer.from(hash, 'hex'));
}

function hashSetupCode(text: string): string {
  const plain = text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '');
  return createHash('sha256').update(plain, 'utf8').digest('hex');
}
