import { and, eq, or, sql } from 'drizzle-orm';
import { leases, sandboxes, snapshots } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { OWNER_IN_EVENTS, selectSnapshots } from '@/lib/gateway/locate-snapshot';
import { cutPage, type Page, type PageQuery, readCursor } from '@/lib/input/page-query';

export interface SnapshotView {
  id: string;
  sandboxId: string | null;
  /** Of the sandbox it was taken from; null once that one is gone. */
  template: string | null;
  agentId: string | null;
  createdAt: Date;
}

/** The org's snapshots, newest first. Throws validation_failed for a cursor of another list. */
export async function listSnapshots(
  { org }: OrgAccess<'sandboxes:use'>,
  { limit, cursor }: PageQuery,
): Promise<Page<SnapshotView>> {
  const list = `snapshots of ${org.id}`;
  const after = readCursor(list, cursor);
  const unwritten = eq(snapshots.workspaceId, '');
  const mentions = sql`position(${JSON.stringify(org.tenantKey)} in coalesce(${sandboxes.metadata}, '')) > 0`;
  const mayBeOurs = or(
    eq(snapshots.workspaceId, org.tenantKey),
    and(unwritten, or(eq(leases.workspaceId, org.tenantKey), mentions, sql`${OWNER_IN_EVENTS} = ${org.tenantKey}`)),
  );
  const next = after && sql`(coalesce(${snapshots.createdAt}, 0), ${snapshots.id}) < (${after.at}::bigint, ${after.id}::text)`;
  const page = cutPage(list, await selectSnapshots(and(mayBeOurs, next), limit + 1), limit);
  const own = page.items.filter(({ owner }) => owner === org.tenantKey);
  return {
    ...page,
    items: own.map(({ id, sandboxId, template, agentId, createdAt }) => ({ id, sandboxId, template, agentId, createdAt })),
  };
}
