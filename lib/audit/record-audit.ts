import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import type { OperatorActor, TokenActor, UserActor } from '@/lib/auth/actor';
import { actorId } from '@/lib/auth/request-trace';
import type { AuditAction } from './audit-actions';
import { kickAuditDrainer } from './drain-audit-outbox';

const MAX_USER_AGENT = 512;

/** As much of an actor as is written down. */
type Recorded =
  | Pick<UserActor, 'type' | 'userId' | 'email' | 'authMethod' | 'origin'>
  | Pick<TokenActor, 'type' | 'tokenId' | 'email' | 'authMethod' | 'origin'>
  | OperatorActor;

export interface NewAuditEvent {
  orgId: string;
  actor: Recorded;
  action: AuditAction;
  targetType: string;
  targetId: string;
  metadata?: Record<string, unknown>;
}

/**
 * Writes the event of a change in the transaction of that change: a change whose event cannot be written does not happen. Its time
 * is the database's. Metadata is shown to admins of the org: never a secret.
 */
export async function recordAudit(tx: Transaction, event: NewAuditEvent): Promise<void> {
  const { orgId, actor, action, targetType, targetId, metadata } = event;
  const payload = {
    actor_id: actorId(actor),
    actor_type: actor.authMethod === 'stub' ? 'stub' : actor.type,
    action,
    target_type: targetType,
    target_id: storable(targetId),
    request_id: storable(actor.origin.requestId),
    ip: storable(actor.origin.ip),
    user_agent: storable(actor.origin.userAgent).slice(0, MAX_USER_AGENT),
    metadata: JSON.stringify({ ...metadata, actor_email: actor.email }),
  };
  await tx.insert(auditOutbox).values({ id: randomUUIDv7(), orgId, payload });
  kickAuditDrainer();
}

/** jsonb refuses NUL and half surrogates, and a strange header must not make a change fail. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
