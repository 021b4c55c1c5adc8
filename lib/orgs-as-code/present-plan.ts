import type { Change } from './plan-org';
import type { PlannedOrg } from './plan-orgs';

/** A plan as an operator reads it: `+` comes, `~` changes, `-` goes. */
export function presentPlan(orgs: PlannedOrg[]): string {
  const lines = orgs.flatMap(({ declared, changes }) =>
    changes.length === 0 ? [] : [declared.slug, ...changes.map((change) => `  ${inWords(change)}`), ''],
  );
  if (lines.length === 0) return 'Nothing to do: everything is as declared.';
  const counted = orgs.flatMap(({ changes }) => changes).length;
  const where = orgs.filter(({ changes }) => changes.length > 0).length;
  return [
    ...lines,
    `${counted} ${counted === 1 ? 'change' : 'changes'} in ${where} ${where === 1 ? 'organization' : 'organizations'}.`,
  ].join('\n');
}

function inWords(change: Change): string {
  switch (change.kind) {
    case 'found':
      return `+ organization "${change.name}", owned by ${nameOf(change)}`;
    case 'setting':
      return `~ ${SETTINGS[change.setting]}: ${JSON.stringify(change.before)} → ${JSON.stringify(change.after)}`;
    case 'add':
      return `+ ${nameOf(change)} as ${change.role}`;
    case 'role':
      return `~ ${nameOf(change)}: ${change.before} → ${change.after}`;
    case 'invite':
      return `+ invite ${change.email} as ${change.role}`;
    case 'withdraw':
      return `- the invite of ${change.email}`;
    case 'remove':
      return `- ${nameOf(change)} (${change.role}), with the API tokens and invites they made`;
  }
}

const SETTINGS = {
  name: 'name',
  mfaRequired: 'mfa_required',
  defaultInviteRole: 'default_invite_role',
  allowedEmailDomains: 'allowed_email_domains',
} as const;

function nameOf({ email, userId }: { email: string; userId: string }): string {
  return email ? `${email} (${userId})` : userId;
}
