import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '@/db/postgres';
import { orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import { type NewAuditEvent, recordAudit } from '@/lib/audit/record-audit';
import { type OrgSummary, orgSummaryColumns } from '@/lib/auth/org-summary';
import { DomainError } from '@/lib/errors';
import { handOverStubRows } from './hand-over-stub-rows';
import { closeSetup, findOwner, type Setup, type Way, withConfigured } from './setup-row';

export interface Naming {
  org: { slug: string; name: string };
  /** The address is proven, or the operator answers for it. */
  person: { userId: string; email: string };
  actor: NewAuditEvent['actor'];
  way: Way;
  /** Somebody else may own the org already: they stay an owner, and this one is named in their place. */
  transfer?: boolean;
}

export interface Named {
  org: OrgSummary;
  /** What changed; nothing when the person owned the org and was the one it named. */
  change: 'founded' | 'adopted' | 'transferred' | 'none';
}

/**
 * The one way to make somebody an owner whom no owner made one: founds the org or takes the one there is, writes the rows of the
 * documented SQL, hands over what stub mode left to the first owner, and ends the setup. For a transaction that holds lockSetup().
 * Throws slug_taken when somebody else owns the org.
 */
export async function nameOwner(tx: Transaction, setup: Setup, naming: Naming): Promise<Named> {
  const { person, actor, way, transfer = false } = naming;
  const stubUserIds = withConfigured(setup.stubUserIds);
  const isFirst = setup.closedAt === null && !(await findOwner(tx, setup));
  const before = await lockOrgOf(tx, naming.org.slug, stubUserIds);
  const owned = before?.owners.includes(person.userId) === true;
  if (before && before.owners.length > 0 && !owned && !transfer) throw ownedAlready(naming.org.slug);

  const org = await upsertOrg(tx, naming);
  const scope = isFirst ? {} : { orgId: org.id };
  await handOverStubRows(tx, { stubUserIds, person, actor, ...scope });
  const owner = { role: 'owner', email: person.email };
  await tx
    .insert(orgMembers)
    .values({ orgId: org.id, userId: person.userId, ...owner })
    .onConflictDoUpdate({ target: [orgMembers.orgId, orgMembers.userId], set: owner });
  await tx
    .insert(userCurrentOrg)
    .values({ userId: person.userId, orgId: org.id })
    .onConflictDoUpdate({ target: userCurrentOrg.userId, set: { orgId: org.id, updatedAt: sql`now()` } });
  await closeSetup(tx, way, person.userId);

  const change = changeOf(before, person.userId);
  if (change !== 'none') await recordNaming(tx, naming, { org, change });
  return { org, change };
}

interface Before {
  ownerUserId: string;
  /** Those whom somebody can sign in as. */
  owners: string[];
}

/** The org as it was, locked; undefined when there is none of this slug. */
async function lockOrgOf(tx: Transaction, slug: string, stubUserIds: string[]): Promise<Before | undefined> {
  const columns = { id: orgs.id, ownerUserId: orgs.ownerUserId };
  const [org] = await tx.select(columns).from(orgs).where(eq(orgs.slug, slug)).for('no key update');
  if (!org) return undefined;
  const rows = await tx
    .select({ userId: orgMembers.userId })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, org.id), eq(orgMembers.role, 'owner')));
  const owners = rows.map(({ userId }) => userId).filter((userId) => !stubUserIds.includes(userId));
  return { ownerUserId: org.ownerUserId, owners };
}

async function upsertOrg(tx: Transaction, { org: { slug, name }, person }: Naming): Promise<OrgSummary> {
  const [org] = await tx
    .insert(orgs)
    .values({ slug, name, ownerUserId: person.userId })
    .onConflictDoUpdate({ target: orgs.slug, set: { ownerUserId: person.userId } })
    .returning(orgSummaryColumns);
  if (!org) throw new Error('the org was not written');
  return org;
}

function changeOf(before: Before | undefined, userId: string): Named['change'] {
  if (!before) return 'founded';
  if (before.owners.includes(userId)) return before.ownerUserId === userId ? 'none' : 'transferred';
  return before.owners.length > 0 ? 'transferred' : 'adopted';
}

async function recordNaming(tx: Transaction, { person, actor, way }: Naming, { org, change }: Named): Promise<void> {
  const target = { orgId: org.id, actor, targetType: 'org', targetId: org.id } as const;
  if (change === 'founded') {
    await recordAudit(tx, { ...target, action: 'org.created', metadata: { name: org.name, slug: org.slug } });
  }
  const metadata = { email: person.email, to: person.userId, way, change };
  await recordAudit(tx, { ...target, action: 'org.owner_named', metadata });
}

function ownedAlready(slug: string): DomainError {
  return new DomainError('slug_taken', `The organization "${slug}" has an owner already`, {
    hint: 'An owner can hand it over on its members page. Operators: pandastack provision-owner --transfer.',
  });
}
