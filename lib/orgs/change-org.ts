import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgs } from '@/db/schema';
import type { ConfirmedAccess } from '@/lib/access/confirm-access';
import { holdAccess } from '@/lib/access/hold-access';
import type { OrgAccess } from '@/lib/access/org-access';
import { recordAudit } from '@/lib/audit/record-audit';
import { orgSummaryColumns } from '@/lib/auth/org-summary';
import { DomainError } from '@/lib/errors';
import { displayName } from '@/lib/input/fields';
import { allowedDomains } from './allowed-domains';
import type { OrgView } from './present-org';

const settings = {
  name: displayName.optional(),
  default_invite_role: z.enum(['member', 'admin'], { error: 'must be member or admin' }).optional(),
};
/** How people get in: for owners, who are asked for afresh. */
const security = {
  mfa_required: z.boolean('must be true or false').optional(),
  allowed_email_domains: allowedDomains.optional(),
};

/** The slug never changes, because agents key data by org. */
export const orgChange = z
  .strictObject({ ...settings, ...security })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
  .meta({ id: 'OrgChange' });
export type OrgChange = z.infer<typeof orgChange>;

/** Whether a change says how people get in, which needs the permission org:secure. */
export function changesSecurity(change: OrgChange): boolean {
  return Object.keys(security).some((name) => name in change);
}

interface Access {
  update: OrgAccess<'org:update'>;
  /** Null where the change does not need it. */
  secure: ConfirmedAccess<'org:secure'> | null;
}

/** Changes what an org is called and how people get in; all of it or nothing. Throws insufficient_aal, and forbidden without `secure` where it is needed. */
export async function changeOrg({ update, secure }: Access, change: OrgChange): Promise<OrgView> {
  const { actor, orgId, role } = update;
  if (changesSecurity(change) && !secure) throw new DomainError('forbidden', 'Only an owner may change how people get in');
  if (change.mfa_required) refuseWithoutSecondFactor(secure);
  return db().transaction(async (tx) => {
    const before = await lockSettings(tx, orgId);
    await holdAccess(tx, update, 'org:update');
    if (secure) await holdAccess(tx, secure, 'org:secure');
    const after = { ...before, ...asColumns(change) };
    await tx
      .update(orgs)
      .set({ ...after, updatedAt: sql`now()` })
      .where(eq(orgs.id, orgId));
    const target = { orgId, actor, targetType: 'org', targetId: orgId } as const;
    for (const [column, action] of Object.entries(ACTIONS) as [Setting, (typeof ACTIONS)[Setting]][]) {
      if (JSON.stringify(before[column]) === JSON.stringify(after[column])) continue;
      await recordAudit(tx, { ...target, action, metadata: { before: before[column], after: after[column] } });
    }
    return { ...update.org, ...after, role };
  });
}

const ACTIONS = {
  name: 'org.renamed',
  mfaRequired: 'org.mfa_changed',
  defaultInviteRole: 'org.default_role_changed',
  allowedEmailDomains: 'org.domains_changed',
} as const;
type Setting = keyof typeof ACTIONS;

/** Locks the org, as every change to it does first, so that what the audit trail calls before was what this change replaced. */
async function lockSettings(tx: Transaction, orgId: string) {
  const { name, mfaRequired, defaultInviteRole, allowedEmailDomains } = orgSummaryColumns;
  const columns = { name, mfaRequired, defaultInviteRole, allowedEmailDomains };
  const [row] = await tx.select(columns).from(orgs).where(eq(orgs.id, orgId)).for('no key update');
  if (!row) throw new DomainError('org_not_found', 'There is no such organization, or you are not a member of it');
  return row;
}

function asColumns({ name, mfa_required, default_invite_role, allowed_email_domains }: OrgChange) {
  return {
    ...(name !== undefined && { name }),
    ...(mfa_required !== undefined && { mfaRequired: mfa_required }),
    ...(default_invite_role !== undefined && { defaultInviteRole: default_invite_role }),
    ...(allowed_email_domains !== undefined && { allowedEmailDomains: allowed_email_domains }),
  };
}

/** Whoever asks others for a second factor must have one, or they would lock themselves out first. */
function refuseWithoutSecondFactor(secure: Access['secure']): void {
  if (secure?.actor.aal === 'aal2') return;
  throw new DomainError('insufficient_aal', 'Sign in with your own second factor before you ask everybody for one', {
    hint: 'Set one up at /account/security, enter its code, then try again.',
  });
}
