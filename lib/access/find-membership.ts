import { and, eq, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgMembers, orgs, userCurrentOrg } from '@/db/schema';
import type { Role } from '@/lib/auth/actor';
import { knownRole } from '@/lib/auth/role';
import type { OrgSummary } from './org-access';

export interface Membership {
  org: OrgSummary;
  role: Role;
}

/** A slug shaped like this is refused at creation, so an id and a slug are never confused. */
export const UUID_SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Wider than the grammar of new slugs: adopted rows may hold older ones. Postgres takes no NUL in text. */
const SLUG_SHAPE = /^\P{Cc}{1,100}$/u;

const columns = {
  role: orgMembers.role,
  org: { id: orgs.id, slug: orgs.slug, name: orgs.name, ownerUserId: orgs.ownerUserId, createdAt: orgs.createdAt },
};

/** A person's membership in the org with this id or slug, read on every request: there is no cache to go stale. */
export async function findMembership(userId: string, orgIdOrSlug: string): Promise<Membership | undefined> {
  const named = UUID_SHAPE.test(orgIdOrSlug) ? eq(orgs.id, orgIdOrSlug) : eq(orgs.slug, orgIdOrSlug);
  if (!UUID_SHAPE.test(orgIdOrSlug) && !SLUG_SHAPE.test(orgIdOrSlug)) return undefined;
  const [row] = await db()
    .select(columns)
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .where(and(eq(orgMembers.userId, userId), named));
  return row && asMembership(row);
}

/** The membership in the org a person last chose, or the first they joined. */
export async function findCurrentMembership(userId: string): Promise<Membership | undefined> {
  const [row] = await db()
    .select(columns)
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .leftJoin(userCurrentOrg, and(eq(userCurrentOrg.userId, orgMembers.userId), eq(userCurrentOrg.orgId, orgMembers.orgId)))
    .where(eq(orgMembers.userId, userId))
    .orderBy(sql`${userCurrentOrg.orgId} is null`, orgMembers.joinedAt)
    .limit(1);
  return row && asMembership(row);
}

function asMembership({ org, role }: { org: OrgSummary; role: string }): Membership | undefined {
  const known = knownRole(role);
  return known && { org, role: known };
}
