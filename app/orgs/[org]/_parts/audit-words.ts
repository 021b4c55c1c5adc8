import type { AuditEvent } from '@/lib/audit/find-events';
import * as words from '@/messages/audit-actions';

/** An action in words; one that a newer version wrote stays as it is. */
export function actionWords(action: string): string {
  return (words.actions as Record<string, string>)[action] ?? action;
}

type Told = Pick<AuditEvent, 'actorId' | 'targetId' | 'metadata'>;

/** Whom or what an event is about, from what was written down with it; '' when it is about the actor alone. */
export function targetWords({ actorId, targetId, metadata }: Told): string {
  const text = (key: string) => (typeof metadata[key] === 'string' && metadata[key] !== '' ? metadata[key] : undefined);
  const [before, after] = [text('before'), text('after')];
  const subject = actorId === targetId ? undefined : (text('email') ?? text('label') ?? text('name'));
  const change = before && after ? `${before} → ${after}` : text('role');
  const words = [subject, change].filter(Boolean).join(' · ');
  return words || (actorId === targetId ? '' : targetId);
}
