import { eq } from 'drizzle-orm';
import { sandboxes } from '@/db/schema';
import type { OrgAccess } from '@/lib/access/org-access';
import { isAgentName } from '@/lib/gateway/gateway-path';
import { ownerOf, type SandboxView, selectSandboxes, viewSandbox } from './sandbox-view';

/** The org's sandbox; undefined for one that is not there, or not the org's. */
export async function findSandbox({ org }: OrgAccess<'sandboxes:use'>, sandboxId: string): Promise<SandboxView | undefined> {
  if (!isAgentName(sandboxId)) return undefined;
  const [row] = await selectSandboxes(org.tenantKey, eq(sandboxes.id, sandboxId), 1);
  return row && ownerOf(row) === org.tenantKey ? viewSandbox(row) : undefined;
}
