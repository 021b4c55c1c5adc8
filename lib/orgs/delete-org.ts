import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';

export const orgDeletion = z
  .strictObject({ confirm: z.string('must be the slug of the organization') })
  .meta({ id: 'OrgDeletion' });

/**
 * Ends an org with its memberships, invites and API tokens. `confirm` is its slug, typed by a person.
 * Throws validation_failed when it is another text.
 */
export async function deleteOrg(access: ConfirmedAccess<'org:delete'>, { confirm }: z.infer<typeof orgDeletion>): Promise<void> {
  const { actor, org, orgId } = access;
  if (confirm !== org.slug) {
    throw new DomainError('validation_failed', 'Type the slug of the organization to delete it', {
      fields: [{ path: 'confirm', message: `must be "${org.slug}"` }],
    });
  }
  await db().transaction(async (tx) => {
    await lockOrg(tx, orgId);
    await holdAccess(tx, access, 'org:delete');
    const metadata = { name: org.name, slug: org.slug };
    await recordAudit(tx, { orgId, actor, action: 'org.deleted', targetType: 'org', targetId: orgId, metadata });
    await tx.delete(orgs).where(eq(orgs.id, orgId));
  });
}
