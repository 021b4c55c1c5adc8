import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { leases, sandboxes } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';
import { tenantInMetadata } from './locate-sandbox';

const SHAPE = /^[A-Za-z0-9-]{1,64}$/;

/**
 * Throws not_found for the id of a fork tree in which a sandbox is another tenant's: agents end all of a tree when one of it is
 * promoted, whosever they are.
 */
export async function refuseForeignTree({ org }: OrgAccess<'sandboxes:use'>, treeId: unknown): Promise<void> {
  if (treeId === undefined || treeId === null || treeId === '') return;
  const unknown = new DomainError('not_found', 'There is no such fork tree');
  if (typeof treeId !== 'string' || !SHAPE.test(treeId)) throw unknown;
  const rows = await db()
    .select({ leaseTenant: leases.workspaceId, metadata: sandboxes.metadata })
    .from(sandboxes)
    .leftJoin(leases, sql`${leases.sandboxId} = ${sandboxes.id}`)
    .where(sql`strpos(${sandboxes.metadata}, ${treeId}) > 0`);
  if (rows.some((row) => (row.leaseTenant || tenantInMetadata(row.metadata)) !== org.tenantKey)) throw unknown;
}
