import { z } from 'zod';
import { db } from '@/db/postgres';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { displayName, emailAddress, isId } from '@/lib/input/fields';
import { subjectOf } from '@/lib/oidc/user-id';
import { slugInput } from '@/lib/orgs/slug';
import { nameFromSlug } from './claim-bootstrap-org';
import { type Named, nameOwner } from './name-owner';
import { operatorActor } from './operator';
import { lockSetup, withConfigured } from './setup-row';

export const ownerProvision = z.strictObject({
  userId: z
    .string()
    .min(1, 'must not be empty')
    .max(600, 'is too long')
    .regex(/^\P{Cc}+$/u, 'is not a user id'),
  email: emailAddress,
  /** A reserved slug too: the documentation's own is `default`. */
  org: slugInput,
  name: displayName.optional(),
  transfer: z.boolean().default(false),
});
export type OwnerProvision = z.infer<typeof ownerProvision>;

/**
 * What the documented SQL does, for an operator at the command line; doing it again changes nothing. Throws validation_failed for
 * a user id that nobody can have here, slug_taken when somebody else owns the org and `transfer` is not asked for.
 */
export async function provisionOwner({ userId, email, org: slug, name, transfer }: OwnerProvision): Promise<Named> {
  refuseImpossibleId(userId);
  return db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    if (withConfigured(setup.stubUserIds).includes(userId)) throw noSuchUser('This is the user of stub mode');
    const org = { slug, name: name ?? nameFromSlug(slug) };
    return nameOwner(tx, setup, { org, person: { userId, email }, actor: operatorActor(), way: 'command', transfer });
  });
}

function refuseImpossibleId(userId: string): void {
  const { mode, oidc } = config();
  if (mode === 'stub') {
    throw new DomainError('validation_failed', 'In stub mode the one user owns everything already', {
      hint: 'Set PANDASTACK_AUTH_MODE to supabase or oidc first.',
    });
  }
  if (mode === 'supabase' && !isId(userId)) {
    throw noSuchUser('This is not a user id of Supabase', 'It is the UUID in lower case that Authentication → Users shows.');
  }
  if (oidc && subjectOf(oidc.issuer, userId) === null) {
    throw noSuchUser(
      'This is not a user id of the configured provider',
      `It is ${oidc.issuer}|<sub>; the page "/" shows people theirs.`,
    );
  }
}

function noSuchUser(message: string, hint = 'Take the id of somebody who has signed in.'): DomainError {
  return new DomainError('validation_failed', message, { hint, fields: [{ path: 'user_id', message: 'names nobody here' }] });
}
