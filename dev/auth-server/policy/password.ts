import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AuthError, badRequest } from '../auth-error';

/** The limit of bcrypt, which the hosted service uses. */
const MAXIMUM_BYTES = 72;
const KEY_BYTES = 32;

const derive = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
/** Cheap on purpose: the file is local and tests make many users. */
const COST = { N: 2 ** 12 };

/** Throws validation_failed (400) when too long and weak_password (422) when too short. */
export function checkPasswordStrength(password: string, minimumLength: number): void {
  if (isTooLong(password)) {
    throw badRequest('validation_failed', `Password cannot be longer than ${MAXIMUM_BYTES} characters`);
  }
  const weakness = weaknessOf(password, minimumLength);
  if (!weakness) return;
  throw new AuthError(422, 'weak_password', weakness.message, { weak_password: { reasons: weakness.reasons } });
}

export const isTooLong = (password: string): boolean => Buffer.byteLength(password) > MAXIMUM_BYTES;

export interface Weakness {
  message: string;
  reasons: string[];
}

/** Why the password would be refused today; one that an administrator set is still accepted at sign-in. */
export function weaknessOf(password: string, minimumLength: number): Weakness | null {
  if (Buffer.byteLength(password) >= minimumLength) return null;
  return { message: `Password should be at least ${minimumLength} characters.`, reasons: ['length'] };
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_BYTES, COST);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, salt, key] = hash?.split('$') ?? [];
  if (!salt || !key) return false;
  const derived = await derive(password, Buffer.from(salt, 'base64url'), KEY_BYTES, COST);
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

/** For users who never chose one: invited, or made by an administrator. */
export const randomPassword = (): string => randomBytes(48).toString('base64url');
