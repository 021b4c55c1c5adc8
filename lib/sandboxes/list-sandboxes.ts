import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { sandboxes } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { cutPage, type Page, type PageQuery, readCursor } from '@/lib/input/page-query';
import { ownerOf, type SandboxView, selectSandboxes, viewSandbox } from './sandbox-view';

export interface SandboxFilter {
  /** '' for all. */
  status: string;
  /** A part of an id or of a template's name; '' for all. */
  search: string;
}

/** The org's sandboxes, newest first, as the agents wrote them down. Throws validation_failed for a cursor of another list. */
export async function listSandboxes(
  { org }: OrgAccess<'sandboxes:use'>,
  { status, search }: SandboxFilter,
  { limit, cursor }: PageQuery,
): Promise<Page<SandboxView>> {
  const list = `sandboxes of ${org.id}`;
  const after = readCursor(list, cursor);
  const which = and(
    status === '' ? undefined : eq(sandboxes.status, status),
    search === '' ? undefined : or(holds(sandboxes.id, search), holds(sandboxes.template, search)),
    after && sql`(coalesce(${sandboxes.createdAt}, 0), ${sandboxes.id}) < (${after.at}::bigint, ${after.id}::text)`,
  );
  const page = cutPage(list, await selectSandboxes(org.tenantKey, which, limit + 1), limit);
  return { ...page, items: page.items.filter((row) => ownerOf(row) === org.tenantKey).map(viewSandbox) };
}

function holds(column: typeof sandboxes.id | typeof sandboxes.template, search: string): SQL {
  return sql`position(lower(${search}) in lower(${column})) > 0`;
}
