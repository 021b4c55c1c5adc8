import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { hashSecret } from '@/lib/auth/api-token';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 30 characters of 62 are 178 random bits. */
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 'pds_'.length + 8;

export interface NewTokenSecret {
  secret: string;
  hash: string;
  /** What lists show. */
  prefix: string;
}

/** `pds_`, 30 random characters and the CRC-32 of those in base 62, by which scanners tell a real token from a lookalike. */
export function newTokenSecret(): NewTokenSecret {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const secret = `pds_${random}${tokenChecksum(random)}`;
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, SHOWN_LENGTH) };
}

/** CRC-32 in base 62, padded to six characters. */
export function tokenChecksum(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (; rest > 0; rest = Math.floor(rest / ALPHABET.length)) text = ALPHABET[rest % ALPHABET.length] + text;
  return text.padStart(CHECKSUM_LENGTH, '0');
}
