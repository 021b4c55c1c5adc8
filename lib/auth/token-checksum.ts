import { crc32 } from 'node:zlib';

export const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;
/** `pds_`, 30 random characters, 6 of checksum: what this product mints. Adopted tokens may look otherwise. */
const MINTED = /^pds_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

/** CRC-32 in base 62, padded to six characters. */
export function tokenChecksum(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (; rest > 0; rest = Math.floor(rest / ALPHABET.length)) text = ALPHABET[rest % ALPHABET.length] + text;
  return text.padStart(CHECKSUM_LENGTH, '0');
}

/** Whether a token has the form of ours and a checksum that is not: guessed or mistyped, unless it was adopted. */
export function hasWrongChecksum(token: string): boolean {
  const [, random, checksum] = MINTED.exec(token) ?? [];
  return random !== undefined && checksum !== tokenChecksum(random);
}
