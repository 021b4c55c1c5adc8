import type { AuditAction } from '@/lib/audit/audit-actions';
import type { AuditEvent } from '@/lib/audit/find-events';

/** Every action the audit log knows, as a person would say it. */
const WORDS: Record<AuditAction, string> = {
  'org.created': 'Created the organization',
  'org.renamed': 'Renamed the organization',
  'org.mfa_changed': 'Changed the second-factor rule',
  'org.default_role_changed': 'Changed the role invites give',
  'org.domains_changed': 'Changed the domains that may be invited',
  'org.deleted': 'Deleted the organization',
  'org.transferred': 'Handed over the organization',
  'org.owner_named': 'Named an owner',
  'org.handed_over': 'Handed over what stub mode left',
  'member.joined': 'Joined',
  'member.role_changed': 'Changed a role',
  'member.email_changed': 'Changed their e-mail address',
  'member.removed': 'Removed a member',
  'member.left': 'Left',
  'invite.created': 'Invited',
  'invite.resent': 'Sent an invitation again',
  'invite.revoked': 'Withdrew an invitation',
  'invite.accepted': 'Accepted an invitation',
  'invite.declined': 'Declined an invitation',
  'token.created': 'Made an API token',
  'token.rotated': 'Rotated an API token',
  'token.previous_ended': 'Ended the old secret of an API token',
  'token.revoked': 'Revoked an API token',
  'token.leaked': 'Reported an API token as leaked',
  'sandbox.created': 'Started a sandbox',
  'sandbox.forked': 'Forked a sandbox',
  'sandbox.paused': 'Paused a sandbox',
  'sandbox.resumed': 'Resumed a sandbox',
  'sandbox.promoted': 'Kept a fork of a sandbox',
  'sandbox.lifecycle_changed': 'Changed how long a sandbox lives',
  'sandbox.terminal_opened': 'Opened a terminal in a sandbox',
  'sandbox.deleted': 'Ended a sandbox',
  'snapshot.created': 'Took a snapshot',
  'snapshot.deleted': 'Deleted a snapshot',
  'template.built': 'Built a template',
  'template.deleted': 'Deleted a template',
  'volume.created': 'Made a volume',
  'volume.deleted': 'Deleted a volume',
  'billing.linked': 'Linked a Stripe customer',
  'billing.unlinked': 'Unlinked a Stripe customer',
  'auth.refused': 'A credential was refused',
  'access.denied': 'Was denied access',
};

/** An action in words; one that a newer version wrote stays as it is. */
export function actionWords(action: string): string {
  return (WORDS as Record<string, string>)[action] ?? action;
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
