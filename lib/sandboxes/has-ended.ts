import { and, eq, inArray } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { sandboxEvents } from '@/db/schema';
import { type OrgAccess, widenAccess } from '@/lib/access/org-access';
import { DomainError } from '@/lib/errors';
import { isAgentName } from '@/lib/gateway/gateway-path';
import { getSandboxBoots } from '@/lib/metrics/get-sandbox-boots';

/**
 * Whether a sandbox without a row was once the org's: agents forget what has ended, events and readings stay. Throws
 * dependency_unavailable when that cannot be known.
 */
export async function hasEnded(access: OrgAccess<'sandboxes:use'>, sandboxId: string): Promise<boolean> {
  if (!isAgentName(sandboxId)) return false;
  const { org } = access;
  const [event] = await db()
    .select({ id: sandboxEvents.id })
    .from(sandboxEvents)
    .where(and(eq(sandboxEvents.sandboxId, sandboxId), inArray(sandboxEvents.workspaceId, [org.tenantKey, org.id])))
    .limit(1);
  if (event) return true;
  try {
    await getSandboxBoots(widenAccess(access, 'metrics:read'), sandboxId);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return false;
    throw error;
  }
}
