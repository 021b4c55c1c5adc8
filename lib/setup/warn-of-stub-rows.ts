import { eq } from 'drizzle-orm';
import { type Database, db } from '@/db/postgres';
import { orgMembers, orgs } from '@/db/schema';
import { config } from '@/lib/config';
import { logger } from '@/lib/log';

/** The slugs of the orgs that the stub user belongs to. */
export async function listStubOrgs(database: Database, stubUserId: string): Promise<string[]> {
  const left = await database
    .select({ slug: orgs.slug })
    .from(orgMembers)
    .innerJoin(orgs, eq(orgs.id, orgMembers.orgId))
    .where(eq(orgMembers.userId, stubUserId));
  return left.map(({ slug }) => slug);
}

/**
 * At start outside stub mode: says which orgs the stub user still belongs to. Nobody can be that user here and its API tokens are
 * refused, but an org it alone owns has no owner anybody can sign in as.
 */
export async function warnOfStubRows(): Promise<void> {
  const { mode, stub } = config();
  if (mode === 'stub') return;
  const left = await listStubOrgs(db(), stub.userId);
  if (left.length === 0) return;
  logger().warn(
    { event: 'stub_rows', orgs: left },
    'this database holds organizations of stub mode; the first owner gets them, or pandastack provision-owner --org <slug> names theirs',
  );
}
