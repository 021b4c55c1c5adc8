import type { DomainError } from '@/lib/errors';
import type { Actor, OperatorActor, RequestOrigin, TokenActor, UserActor } from './actor';

/** What became known of a request on its way: the row it leaves in the request log says so. */
export interface RequestTrace {
  /** A user id or `token:<id>`; '' while nobody is proven. */
  actorId: string;
  /** The org it was let into; '' for none. */
  orgId: string;
  /** The org at whose door its sender, who is known there, stood; '' for none. Being refused there does not change it. */
  askedOrgId: string;
  /** The first refusal it met. */
  refusal: { code: string; status: number } | undefined;
}

/** The trace of a request, by the one origin object that everything about it shares. */
export function traceOf(origin: RequestOrigin): RequestTrace {
  origin.trace ??= { actorId: '', orgId: '', askedOrgId: '', refusal: undefined };
  return origin.trace;
}

/** Notes who is calling. An API token belongs to its org whatever it asks for. */
export function traceActor(actor: Actor): void {
  const trace = traceOf(actor.origin);
  trace.actorId = actorId(actor);
  if (actor.type === 'token') trace.orgId = actor.org.id;
}

/** Notes why it was refused; what answers a refusal (a limit, say) does not hide it. */
export function traceRefusal(origin: RequestOrigin, { code, status }: DomainError): void {
  traceOf(origin).refusal ??= { code, status };
}

/** How logs and the audit trail name an actor. */
export function actorId(
  actor: Pick<UserActor, 'type' | 'userId'> | Pick<TokenActor, 'type' | 'tokenId'> | Pick<OperatorActor, 'type'>,
): string {
  if (actor.type === 'operator') return 'operator';
  return actor.type === 'token' ? `token:${actor.tokenId}` : actor.userId;
}
