import { randomInt } from 'node:crypto';
import { hashSecret } from '@/lib/auth/api-token';
import { ALPHABET, tokenChecksum } from '@/lib/auth/token-checksum';

/** 30 characters of 62 are 178 random bits. */
const RANDOM_LENGTH = 30;
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
