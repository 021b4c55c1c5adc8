import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgs } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess, lockOrg } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { displayName } from '@/lib/input/fields';
import type { OrgView } from './present-org';

/** The slug never changes, because agents key data by org. */
export const orgChange = z
  .strictObject({ name: displayName.optional(), mfa_required: z.boolean('must be true or false').optional() })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
  .meta({ id: 'OrgChange' });

interface OrgChange {
  access: OrgAccess<'org:update'>;
  name?: string | undefined;
  security?: { access: ConfirmedAccess<'org:secure'>; mfaRequired: boolean } | undefined;
}

/** Renames an org, or changes how people must sign in to it; all of it or nothing. Throws insufficient_aal. */
export async function changeOrg({ access, name, security }: OrgChange): Promise<OrgView> {
  const { org, role } = access;
  await db().transaction(async (tx) => {
    await lockOrg(tx, access.orgId);
    if (name !== undefined) await rename(tx, access, name);
    if (security) await setMfaRequired(tx, security.access, security.mfaRequired);
  });
  return { ...org, name: name ?? org.name, mfaRequired: security?.mfaRequired ?? org.mfaRequired, role };
}

async function rename(tx: Transaction, access: OrgAccess<'org:update'>, name: string): Promise<void> {
  const { actor, org, orgId } = access;
  await holdAccess(tx, access, 'org:update');
  await tx.update(orgs).set({ name, updatedAt: sql`now()` }).where(eq(orgs.id, orgId));
  const metadata = { before: org.name, after: name };
  await recordAudit(tx, { orgId, actor, action: 'org.renamed', targetType: 'org', targetId: orgId, metadata });
}

async function setMfaRequired(tx: Transaction, access: ConfirmedAccess<'org:secure'>, mfaRequired: boolean): Promise<void> {
  const { actor, org, orgId } = access;
  // Whoever asks others for a second factor must have one, or they would lock themselves out first.
  if (mfaRequired && actor.aal !== 'aal2') {
    throw new DomainError('insufficient_aal', 'Sign in with your own second factor before you ask everybody for one', {
      hint: 'Set one up at /account/security, enter its code, then try again.',
    });
  }
  await holdAccess(tx, access, 'org:secure');
  await tx.update(orgs).set({ mfaRequired, updatedAt: sql`now()` }).where(eq(orgs.id, orgId));
  const metadata = { before: org.mfaRequired, after: mfaRequired };
  await recordAudit(tx, { orgId, actor, action: 'org.mfa_changed', targetType: 'org', targetId: orgId, metadata });
}
