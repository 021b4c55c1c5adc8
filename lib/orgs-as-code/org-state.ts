import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Database, Transaction } from '@/db/postgres';
import { orgInvites, orgMembers, orgs, serverSetup } from '@/db/schema';
import { unanswered } from '@/lib/invites/invite-state';
import { withConfigured } from '@/lib/setup/setup-row';

/** An org as it is: what a declaration is compared with. */
export interface OrgState {
  id: string;
  name: string;
  mfaRequired: boolean;
  defaultInviteRole: string;
  allowedEmailDomains: string[];
  members: { userId: string; email: string; role: string }[];
  /** Those that can still be accepted. */
  invites: { id: string; email: string; role: string }[];
}

/** Everything an org has that a file declares; undefined when there is none of this slug. */
export async function readOrgState(tx: Database | Transaction, slug: string): Promise<OrgState | undefined> {
  const { id, name, mfaRequired, defaultInviteRole, allowedEmailDomains } = orgs;
  const columns = { id, name, mfaRequired, defaultInviteRole, allowedEmailDomains };
  const [org] = await tx.select(columns).from(orgs).where(eq(orgs.slug, slug));
  if (!org) return undefined;
  const members = await tx
    .select({ userId: orgMembers.userId, email: orgMembers.email, role: orgMembers.role })
    .from(orgMembers)
    .where(eq(orgMembers.orgId, org.id))
    .orderBy(orgMembers.joinedAt, orgMembers.userId);
  const invites = await tx
    .select({ id: orgInvites.id, email: orgInvites.email, role: orgInvites.role })
    .from(orgInvites)
    .where(and(eq(orgInvites.orgId, org.id), unanswered(), sql`${orgInvites.expiresAt} > now()`))
    .orderBy(orgInvites.createdAt, orgInvites.id);
  return { ...org, members, invites };
}

/** The accounts that hold an address in any org here; more than one means that nobody can tell whose it is. */
export async function findKnownAccounts(tx: Database | Transaction, email: string): Promise<string[]> {
  const [setup] = await tx.select({ stubUserIds: serverSetup.stubUserIds }).from(serverSetup);
  const rows = await tx
    .selectDistinct({ userId: orgMembers.userId })
    .from(orgMembers)
    .where(
      and(eq(sql`lower(${orgMembers.email})`, email), notInArray(orgMembers.userId, withConfigured(setup?.stubUserIds ?? []))),
    );
  return rows.map(({ userId }) => userId);
}
