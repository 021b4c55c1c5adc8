import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/postgres';
import { prepareOnce } from '@/db/prepare-once';
import { orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import { shareLook } from '@/db/share-look';
import type { Role } from '@/lib/auth/actor';
import { type OrgSummary, orgSummaryColumns } from '@/lib/auth/org-summary';
import { knownRole } from '@/lib/auth/role';
import { isId } from '@/lib/input/fields';

export interface Membership {
  org: OrgSummary;
  role: Role;
}

/** Wider than the grammar of new slugs: adopted rows may hold older ones. Postgres takes no NUL in text. */
const SLUG_SHAPE = /^\P{Cc}{1,100}$/u;

const columns = {
  role: orgMembers.role,
  org: orgSummaryColumns,
};

const person = eq(orgMembers.userId, sql.placeholder('userId'));
const chosenOrg = and(eq(userCurrentOrg.userId, orgMembers.userId), eq(userCurrentOrg.orgId, orgMembers.orgId));
const memberships = (database: Database) =>
  database.select(columns).from(orgMembers).innerJoin(orgs, eq(orgs.id, orgMembers.orgId));

const byId = prepareOnce((database) =>
  memberships(database)
    .where(and(person, eq(orgs.id, sql.placeholder('org'))))
    .prepare('membership_by_org_id'),
);
const bySlug = prepareOnce((database) =>
  memberships(database)
    .where(and(person, eq(orgs.slug, sql.placeholder('org'))))
    .prepare('membership_by_org_slug'),
);
const current = prepareOnce((database) =>
  memberships(database)
    .leftJoin(userCurrentOrg, chosenOrg)
    .where(person)
    .orderBy(sql`${userCurrentOrg.orgId} is null`, orgMembers.joinedAt)
    .limit(1)
    .prepare('current_membership'),
);
const all = prepareOnce((database) =>
  database
    .select({ ...columns, chosen: sql<boolean>`${userCurrentOrg.orgId} is not null` })
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .leftJoin(userCurrentOrg, chosenOrg)
    .where(person)
    .orderBy(orgMembers.joinedAt, orgs.id)
    .prepare('memberships'),
);

/** Somebody's programs ask many things at once. */
const look = shareLook<Found>();
const lookAtCurrent = shareLook<Found>();
type Found = { org: OrgSummary; role: string } | undefined;

/** A person's membership in the org with this id or slug, read for every request and never before it: there is no cache to go stale. */
export async function findMembership(userId: string, orgIdOrSlug: string): Promise<Membership | undefined> {
  if (!SLUG_SHAPE.test(orgIdOrSlug)) return undefined;
  // A slug shaped like an id is refused at creation, so the two are never confused.
  const query = isId(orgIdOrSlug) ? byId() : bySlug();
  const row = await look(
    JSON.stringify([userId, orgIdOrSlug]),
    async () => (await query.execute({ userId, org: orgIdOrSlug }))[0],
  );
  return row && asMembership(row);
}

/** The membership in the org a person last chose, or the first they joined. */
export async function findCurrentMembership(userId: string): Promise<Membership | undefined> {
  const row = await lookAtCurrent(userId, async () => (await current().execute({ userId }))[0]);
  return row && asMembership(row);
}

/** Every membership of a person, oldest first, in one query; `chosen` marks the current org. */
export async function listMemberships(userId: string): Promise<(Membership & { chosen: boolean })[]> {
  const rows = await all().execute({ userId });
  return rows.flatMap((row) => {
    const membership = asMembership(row);
    return membership ? [{ ...membership, chosen: row.chosen }] : [];
  });
}

function asMembership({ org, role }: { org: OrgSummary; role: string }): Membership | undefined {
  const known = knownRole(role);
  return known && { org, role: known };
}
