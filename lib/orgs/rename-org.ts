import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '@/db/postgres';
import { orgs } from '@/db/schema';
import { holdAccess } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { displayName } from '@/lib/input/fields';
import type { OrgView } from './present-org';

export const orgChange = z.strictObject({ name: displayName });

/** Changes the name; the slug never changes, because agents key data by org. */
export async function renameOrg(access: OrgAccess<'org:update'>, { name }: z.infer<typeof orgChange>): Promise<OrgView> {
  const { actor, org, orgId, role } = access;
  await db().transaction(async (tx) => {
    await holdAccess(tx, access, 'org:update');
    await tx.update(orgs).set({ name, updatedAt: sql`now()` }).where(eq(orgs.id, orgId));
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'org.renamed',
      targetType: 'org',
      targetId: orgId,
      metadata: { before: org.name, after: name },
    });
  });
  return { ...org, name, role };
}
