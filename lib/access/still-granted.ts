import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { apiTokens, orgMembers, orgs } from '@/db/schema';
import { knownRole, roleOfToken } from '@/lib/auth/role';
import type { OrgAccess } from './org-access';
import { type Permission, roleMay } from './permissions';

/**
 * Of accesses that were granted before, those that would be granted again now: two queries however many there are, for what lasts
 * longer than a request. A token that was rotated goes on; one that was revoked or has expired does not. Throws when Postgres is away.
 */
export async function stillGranted<A extends OrgAccess<Permission>>(accesses: A[], permission: Permission): Promise<Set<A>> {
  const [people, tokens] = await Promise.all([readMembers(accesses), readTokens(accesses)]);
  return new Set(
    accesses.filter(({ actor, orgId }) => {
      if (actor.type === 'token') {
        const role = tokens.get(actor.tokenId);
        return role !== undefined && roleMay(role, permission);
      }
      const member = people.get(`${orgId} ${actor.userId}`);
      return member !== undefined && roleMay(member.role, permission) && (!member.mfaRequired || actor.aal === 'aal2');
    }),
  );
}

async function readMembers(accesses: OrgAccess<Permission>[]) {
  const asked = accesses.filter(({ actor }) => actor.type === 'user');
  if (asked.length === 0) return new Map<string, { role: string; mfaRequired: boolean }>();
  const rows = await db()
    .select({ orgId: orgMembers.orgId, userId: orgMembers.userId, role: orgMembers.role, mfaRequired: orgs.mfaRequired })
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .where(
      and(
        inArray(orgMembers.orgId, unique(asked.map(({ orgId }) => orgId))),
        inArray(orgMembers.userId, unique(asked.map(({ actor }) => actor.userId))),
      ),
    );
  return new Map(rows.filter(({ role }) => knownRole(role)).map((row) => [`${row.orgId} ${row.userId}`, row]));
}

async function readTokens(accesses: OrgAccess<Permission>[]) {
  const ids = unique(accesses.flatMap(({ actor }) => (actor.type === 'token' ? [actor.tokenId] : [])));
  if (ids.length === 0) return new Map<string, string>();
  const rows = await db()
    .select({ id: apiTokens.id, createdBy: apiTokens.createdBy, role: apiTokens.role, creatorRole: orgMembers.role })
    .from(apiTokens)
    .innerJoin(orgs, eq(orgs.id, apiTokens.orgId))
    .leftJoin(orgMembers, and(eq(orgMembers.orgId, apiTokens.orgId), eq(orgMembers.userId, apiTokens.createdBy)))
    .where(
      and(
        inArray(apiTokens.id, ids),
        sql`${apiTokens.revokedAt} is null`,
        or(sql`${apiTokens.expiresAt} is null`, sql`${apiTokens.expiresAt} > now()`),
      ),
    );
  return new Map(rows.flatMap((row) => (roleOfToken(row) ? [[row.id, roleOfToken(row) as string]] : [])));
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
