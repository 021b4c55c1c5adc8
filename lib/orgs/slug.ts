import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { isId } from '@/lib/input/fields';

const MIN_LENGTH = 3;
const MAX_LENGTH = 40;
const SUFFIX_LENGTH = 5;
const SUFFIX_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Paths, hosts and the tenant names that agents read as "everything". Rows made by SQL may hold them and work. */
const RESERVED = new Set(
  `about account accounts admin administrator agent agents api app apps assets audit auth billing blog callback cdn config confirm
  console dashboard default dev docs doctor email favicon ftp health healthz help host hosting internal invite invites js local
  localhost login logout mail me members metrics mfa new none null oauth org orgs owner panda pandastack public readyz root sandboxes
  security settings setup sign-in sign-out sign-up signin signout signup snapshots ssl staging static status stub support system
  templates test token tokens undefined user users v1 v2 version volumes well-known workspace workspaces ws www`.split(/\s+/),
);

/** [a-z0-9] and single inner hyphens, 3–40 characters, not shaped like an id. */
export const slugInput = z
  .string('must be text')
  .min(MIN_LENGTH, `must have at least ${MIN_LENGTH} characters`)
  .max(MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'may hold a–z, 0–9 and single hyphens between them')
  .refine((slug) => !isId(slug) && !slug.startsWith('xn--'), 'must not look like an id or an encoded name');

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/** A slug made from a name; from the second attempt on with a random suffix. */
export function slugFromName(name: string, attempt: number): string {
  const base = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH - SUFFIX_LENGTH - 1)
    .replace(/^-+|-+$/g, '');
  const plain = slugInput.safeParse(base).success && !isReservedSlug(base);
  if (plain && attempt === 0) return base;
  return `${base || 'org'}-${randomSuffix()}`;
}

function randomSuffix(): string {
  return Array.from({ length: SUFFIX_LENGTH }, () => SUFFIX_ALPHABET[randomInt(SUFFIX_ALPHABET.length)]).join('');
}
