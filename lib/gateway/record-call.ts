import { db } from '@/db/postgres';
import type { OrgAccess } from '@/lib/access/org-access';
import type { AuditAction } from '@/lib/audit/audit-actions';
import { recordAudit } from '@/lib/audit/record-audit';
import { logger } from '@/lib/log';
import type { GatewayTarget } from './gateway-path';

const SANDBOX_ACTIONS: Record<string, AuditAction> = {
  'POST pause': 'sandbox.paused',
  'POST hibernate': 'sandbox.paused',
  'POST stop': 'sandbox.paused',
  'POST resume': 'sandbox.resumed',
  'POST wake': 'sandbox.resumed',
  'POST start': 'sandbox.resumed',
  'POST promote': 'sandbox.promoted',
  'POST snapshots': 'snapshot.created',
  'PATCH lifecycle': 'sandbox.lifecycle_changed',
  'GET exec/pty': 'sandbox.terminal_opened',
  'GET ssh': 'sandbox.terminal_opened',
};

/**
 * What a call is in the audit trail; undefined for one that reads, or that works inside a sandbox: commands and files are the request
 * log's, thousands an hour, and would drown what changes what there is.
 */
export function auditActionOf(method: string, { about, action, route }: GatewayTarget): AuditAction | undefined {
  if (about === 'sandboxes') return method === 'POST' ? 'sandbox.created' : undefined;
  if (about === 'sandbox' && action === '') return method === 'DELETE' ? 'sandbox.deleted' : undefined;
  if (about === 'sandbox' && (action === 'fork' || action === 'fork-tree'))
    return method === 'POST' ? 'sandbox.forked' : undefined;
  if (about === 'sandbox') return SANDBOX_ACTIONS[`${method} ${action}`];
  if (route === '/v1/templates/build') return method === 'POST' ? 'template.built' : undefined;
  if (about === 'template') return method === 'DELETE' ? 'template.deleted' : undefined;
  if (about === 'volumes') return method === 'POST' ? 'volume.created' : undefined;
  if (about === 'volume') return method === 'DELETE' ? 'volume.deleted' : undefined;
  if (about === 'snapshot') return method === 'DELETE' ? 'snapshot.deleted' : undefined;
  return undefined;
}

/**
 * Leaves the event of what an agent has done. It cannot be undone from here, so an event that cannot be written is told to the log
 * and the answer goes out all the same.
 */
export async function recordCall(
  { orgId, actor }: OrgAccess<'sandboxes:use'>,
  { action, targetId, metadata }: { action: AuditAction; targetId: string; metadata: Record<string, unknown> },
): Promise<void> {
  const targetType = action.slice(0, action.indexOf('.'));
  await db()
    .transaction((tx) => recordAudit(tx, { orgId, actor, action, targetType, targetId, metadata }))
    .catch((error: unknown) =>
      logger().error({ err: error, orgId, action, targetId, metadata }, 'an audit event could not be written'),
    );
}
