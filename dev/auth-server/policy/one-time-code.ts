import { createHash, randomInt } from 'node:crypto';

const DIGITS = 6;

export interface OneTimeCode {
  /** What a person types. */
  code: string;
  /** What the link carries: sha224 of address and code. */
  hash: string;
}

export function newOneTimeCode(email: string): OneTimeCode {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return { code, hash: hashOneTimeCode(email, code) };
}

export function hashOneTimeCode(email: string, code: string): string {
  return createHash('sha224').update(`${email}${code}`).digest('hex');
}
