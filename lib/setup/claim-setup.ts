import { z } from 'zod';
import { db } from '@/db/postgres';
import type { AssuredUser } from '@/lib/auth/confirm-user';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { displayName } from '@/lib/input/fields';
import { logger } from '@/lib/log';
import type { OrgView } from '@/lib/orgs/present-org';
import { isReservedSlug, slugFromName, slugInput } from '@/lib/orgs/slug';
import { nameOwner } from './name-owner';
import { isSetupCode } from './setup-code';
import { findOwner, lockSetup } from './setup-row';

const LONGEST_CODE = 100;

export const setupClaim = z
  .strictObject({
    code: z
      .string('must be text')
      .min(1, 'must not be empty')
      .max(LONGEST_CODE, 'is too long')
      .meta({ description: 'As the server printed it in its log when it started; case and hyphens do not count.' }),
    name: displayName,
    slug: slugInput.optional(),
  })
  .meta({ id: 'SetupClaim' });
export type SetupClaim = z.infer<typeof setupClaim>;

/**
 * Makes the person the first owner of this server, in the org they name. Of many who try at once one succeeds. Throws setup_closed
 * once anybody owns an org here, setup_code_invalid, slug_reserved.
 */
export async function claimSetup(user: AssuredUser, { code, name, slug: asked }: SetupClaim): Promise<OrgView> {
  if (config().mode === 'stub') throw setupClosed();
  if (asked !== undefined && isReservedSlug(asked)) throw new DomainError('slug_reserved', `The slug "${asked}" is reserved`);
  return db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    if (setup.closedAt !== null || (await findOwner(tx, setup))) throw setupClosed();
    if (!isSetupCode(code, setup.codeHash)) {
      logger().warn(
        { event: 'setup_code_refused', userId: user.userId, ip: user.origin.ip },
        'somebody entered a wrong setup code',
      );
      throw new DomainError('setup_code_invalid', 'This is not the setup code of this server', {
        hint: 'Copy it from the log of the server. Each start prints a new one, and only the newest counts.',
      });
    }
    const person = { userId: user.userId, email: user.verifiedEmail };
    const slug = asked ?? slugFromName(name, 0);
    const { org } = await nameOwner(tx, setup, { org: { slug, name }, person, actor: user, way: 'setup' });
    return { ...org, role: 'owner' };
  });
}

function setupClosed(): DomainError {
  return new DomainError('setup_closed', 'This server has its first owner already', {
    hint: 'Ask an owner to invite you.',
  });
}
