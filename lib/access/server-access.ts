import { asc, eq, lte, sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { orgs, serverSetup } from '@/db/schema';
import type { Actor } from '@/lib/auth/actor';
import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { authorizeOrg, can, type OrgAccess } from './org-access';
import type { Permission } from './permissions';

/**
 * Grants a permission that concerns the whole server, in the org that operates it: the one PANDASTACK_BOOTSTRAP_ORG names, or else
 * the oldest of those there were when the server got its first owner. Throws not_a_member, and what authorizeOrg throws to members.
 */
export async function authorizeServer<P extends Permission>(actor: Actor, permission: P): Promise<OrgAccess<P>> {
  const orgId = await findOperatorOrg();
  try {
    if (orgId !== undefined) return await authorizeOrg(actor, orgId, permission);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'org_not_found') throw error;
  }
  throw new DomainError('not_a_member', 'You are not a member of the organization that operates this server', {
    hint: 'Ask an owner of it.',
  });
}

/** Whether what leads to the pages about the whole server is to be shown to the holder of an access. */
export async function operatesServer(access: OrgAccess<Permission>): Promise<boolean> {
  return can(access, 'server:examine') && (await findOperatorOrg()) === access.orgId;
}

// An org that somebody founded later never operates the server, however many before it are deleted.
const END_OF_SETUP = sql`coalesce((select ${serverSetup.closedAt} from ${serverSetup}), 'infinity')`;

async function findOperatorOrg(): Promise<string | undefined> {
  const ids = db().select({ id: orgs.id }).from(orgs);
  const [named] = await ids.where(eq(orgs.slug, config().operatorOrg));
  if (named) return named.id;
  const [oldest] = await db()
    .select({ id: orgs.id })
    .from(orgs)
    .where(lte(orgs.createdAt, END_OF_SETUP))
    .orderBy(asc(orgs.createdAt), asc(orgs.id))
    .limit(1);
  return oldest?.id;
}
