import { z } from 'zod';
import { db, type Transaction } from '@/db/postgres';
import { orgMembers, orgs } from '@/db/schema';
import { refuseNewcomer } from '@/lib/access/sign-up-policy';
import { recordAudit } from '@/lib/audit/record-audit';
import type { AssuredUser } from '@/lib/auth/confirm-user';
import { type OrgSummary, orgSummaryColumns } from '@/lib/auth/org-summary';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { displayName } from '@/lib/input/fields';
import { closeSetup } from '@/lib/setup/setup-row';
import { mayCreateOrg } from './may-create-org';
import type { OrgView } from './present-org';
import { refuseTooManyOrgs } from './refuse-too-many-orgs';
import { writeCurrentOrg } from './set-current-org';
import { isReservedSlug, slugFromName, slugInput } from './slug';

export const newOrg = z.strictObject({ name: displayName, slug: slugInput.optional() }).meta({ id: 'NewOrg' });
export type NewOrg = z.infer<typeof newOrg>;

const MAX_ATTEMPTS = 5;

/** Founds an org with the caller as its owner and makes it their current one. Throws org_creation_disabled, signup_not_allowed, slug_reserved, slug_taken, org_limit. */
export async function createOrg(actor: AssuredUser, input: NewOrg): Promise<OrgView> {
  await refuseNewcomer(actor, 'uninvited');
  if (!(await mayCreateOrg(actor))) {
    throw new DomainError('org_creation_disabled', 'You may not create organizations on this server', {
      hint: 'Ask somebody to invite you. Operators: see PANDASTACK_ORG_CREATION.',
    });
  }
  if (input.slug !== undefined && (isReservedSlug(input.slug) || isAwaited(input.slug)))
    throw new DomainError('slug_reserved', `The slug "${input.slug}" is reserved`);
  return db().transaction(async (tx) => {
    await closeSetup(tx, 'created', actor.userId);
    await refuseTooManyOrgs(tx, actor.userId);
    const org = await insertOrg(tx, actor, input);
    await tx.insert(orgMembers).values({ orgId: org.id, userId: actor.userId, email: actor.verifiedEmail, role: 'owner' });
    await writeCurrentOrg(tx, actor.userId, org.id);
    await recordAudit(tx, {
      orgId: org.id,
      actor,
      action: 'org.created',
      targetType: 'org',
      targetId: org.id,
      metadata: { name: org.name, slug: org.slug },
    });
    return { ...org, role: 'owner' };
  });
}

/** The org of whoever operates the server: the person PANDASTACK_BOOTSTRAP_OWNER_EMAIL names founds it, and nobody before them. */
function isAwaited(slug: string): boolean {
  return slug === config().operatorOrg;
}

async function insertOrg(tx: Transaction, actor: AssuredUser, { name, slug }: NewOrg): Promise<OrgSummary> {
  const attempts = slug === undefined ? MAX_ATTEMPTS : 1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const wanted = slug ?? slugFromName(name, attempt);
    if (isAwaited(wanted)) continue;
    const values = { name, slug: wanted, ownerUserId: actor.userId };
    const [org] = await tx.insert(orgs).values(values).onConflictDoNothing({ target: orgs.slug }).returning(orgSummaryColumns);
    if (org) return org;
  }
  throw new DomainError('slug_taken', 'This slug is taken', { hint: 'Choose another one, or leave it out to have one made.' });
}
