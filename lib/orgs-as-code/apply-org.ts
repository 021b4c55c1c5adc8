import { and, eq, sql } from 'drizzle-orm';
import { db, type Transaction } from '@/db/postgres';
import { orgInvites, orgMembers, orgs } from '@/db/schema';
import { lockOrg } from '@/lib/access/hold-access';
import { roleMay } from '@/lib/access/permissions';
import { type NewAuditEvent, recordAudit } from '@/lib/audit/record-audit';
import { DomainError } from '@/lib/errors';
import { inviteExpiry, retireExpired } from '@/lib/invites/create-invite';
import { inviteUrl, newInviteSecret } from '@/lib/invites/invite-secret';
import { unanswered } from '@/lib/invites/invite-state';
import { endMembership, revokeInvitesOf } from '@/lib/members/end-membership';
import { keepOwnerNamed } from '@/lib/members/keep-owner-named';
import { refuseFullOrg } from '@/lib/members/refuse-full-org';
import { nameOwner } from '@/lib/setup/name-owner';
import { operatorActor } from '@/lib/setup/operator';
import { lockSetup, type Setup } from '@/lib/setup/setup-row';
import { readOrgState } from './org-state';
import { type Change, type KnownAccounts, planOrg, type Setting } from './plan-org';
import type { PlannedOrg } from './plan-orgs';

/** An invite this made; its link is told once. */
export interface NewLink {
  org: string;
  email: string;
  role: string;
  url: string;
}

/**
 * Takes the planned steps for one org, all of them or none, and returns the links of the invites it made. Throws request_in_progress
 * when the org is no longer as it was planned on.
 */
export async function applyOrg({ declared, changes }: PlannedOrg, known: KnownAccounts): Promise<NewLink[]> {
  if (changes.length === 0) return [];
  return db().transaction(async (tx) => {
    const setup = await lockSetup(tx);
    const state = await readOrgState(tx, declared.slug);
    if (state) await lockOrg(tx, state.id);
    const now = planOrg(declared, state && (await readOrgState(tx, declared.slug)), known);
    if (JSON.stringify(now) !== JSON.stringify(changes)) throw changedMeanwhile(declared.slug);
    const orgId = state?.id ?? (await found(tx, setup, { declared, changes: now }));
    for (const change of inOrder(now)) await take(tx, orgId, change);
    if (now.some(endsAnOwner)) await keepOwnerNamed(tx, orgId);
    const links: NewLink[] = [];
    for (const change of now) {
      if (change.kind === 'invite')
        links.push({ org: declared.slug, email: change.email, role: change.role, url: await inviteAddress(tx, orgId, change) });
    }
    return links;
  });
}

async function found(tx: Transaction, setup: Setup, { declared: { slug }, changes }: PlannedOrg): Promise<string> {
  const founding = changes.find((change) => change.kind === 'found');
  if (!founding) throw changedMeanwhile(slug);
  const { name, userId, email } = founding;
  const naming = { org: { slug, name }, person: { userId, email }, actor: operatorActor(), way: 'command' } as const;
  return (await nameOwner(tx, setup, naming)).org.id;
}

function endsAnOwner(change: Change): boolean {
  return (change.kind === 'remove' && change.role === 'owner') || (change.kind === 'role' && change.before === 'owner');
}

type Step = Exclude<Change, { kind: 'found' | 'invite' }>;

/** Whoever comes, comes before anybody goes, so that the org is never without an owner. */
function inOrder(changes: Change[]): Step[] {
  const steps = changes.filter((change): change is Step => change.kind !== 'found' && change.kind !== 'invite');
  const last = (change: Step) => change.kind === 'remove' || (change.kind === 'role' && change.before === 'owner');
  return [...steps.filter((change) => !last(change)), ...steps.filter(last)];
}

async function take(tx: Transaction, orgId: string, change: Step): Promise<void> {
  switch (change.kind) {
    case 'setting':
      return changeSetting(tx, orgId, change);
    case 'add':
      return addMember(tx, orgId, change);
    case 'role':
      return changeRoleOf(tx, orgId, change);
    case 'withdraw':
      return withdrawInvite(tx, orgId, change);
    case 'remove':
      return endMembershipOf(tx, orgId, change);
  }
}

const SETTING_ACTIONS = {
  name: 'org.renamed',
  mfaRequired: 'org.mfa_changed',
  defaultInviteRole: 'org.default_role_changed',
  allowedEmailDomains: 'org.domains_changed',
} as const satisfies Record<Setting, NewAuditEvent['action']>;

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

async function changeSetting(tx: Transaction, orgId: string, { setting, before, after }: Of<'setting'>): Promise<void> {
  await tx
    .update(orgs)
    .set({ [setting]: after, updatedAt: sql`now()` })
    .where(eq(orgs.id, orgId));
  return record(tx, orgId, { action: SETTING_ACTIONS[setting], targetType: 'org', targetId: orgId, metadata: { before, after } });
}

async function addMember(tx: Transaction, orgId: string, { userId, email, role }: Of<'add'>): Promise<void> {
  await refuseFullOrg(tx, orgId);
  await tx.insert(orgMembers).values({ orgId, userId, email, role });
  return record(tx, orgId, { action: 'member.joined', targetType: 'member', targetId: userId, metadata: { email, role } });
}

async function changeRoleOf(tx: Transaction, orgId: string, { userId, email, before, after }: Of<'role'>): Promise<void> {
  await tx
    .update(orgMembers)
    .set({ role: after })
    .where(and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId)));
  const ended = roleMay(after, 'invites:create') ? {} : { revoked_invites: await revokeInvitesOf(tx, orgId, userId) };
  const metadata = { before, after, email, ...ended };
  return record(tx, orgId, { action: 'member.role_changed', targetType: 'member', targetId: userId, metadata });
}

async function endMembershipOf(tx: Transaction, orgId: string, { userId, email, role }: Of<'remove'>): Promise<void> {
  const ended = await endMembership(tx, orgId, userId);
  const metadata = { email, role, ...ended };
  return record(tx, orgId, { action: 'member.removed', targetType: 'member', targetId: userId, metadata });
}

async function withdrawInvite(tx: Transaction, orgId: string, { inviteId, email }: Of<'withdraw'>): Promise<void> {
  await tx
    .update(orgInvites)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(orgInvites.id, inviteId), eq(orgInvites.orgId, orgId), unanswered()));
  return record(tx, orgId, { action: 'invite.revoked', targetType: 'invite', targetId: inviteId, metadata: { email } });
}

/** In the name of the org's owner: an invite is worth what its inviter may give. Returns the link. */
async function inviteAddress(tx: Transaction, orgId: string, { email, role }: Of<'invite'>): Promise<string> {
  const { secret, hash } = newInviteSecret();
  await retireExpired(tx, orgId, email);
  const invitedBy = sql`(select ${orgs.ownerUserId} from ${orgs} where ${orgs.id} = ${orgId})`;
  const values = { tokenHash: hash, orgId, email, role, invitedBy, expiresAt: inviteExpiry() };
  const [invite] = await tx.insert(orgInvites).values(values).returning({ id: orgInvites.id });
  await record(tx, orgId, {
    action: 'invite.created',
    targetType: 'invite',
    targetId: invite?.id ?? '',
    metadata: { email, role },
  });
  return inviteUrl(secret);
}

async function record(tx: Transaction, orgId: string, event: Omit<NewAuditEvent, 'orgId' | 'actor'>): Promise<void> {
  await recordAudit(tx, { orgId, actor: operatorActor(), ...event });
}

function changedMeanwhile(slug: string): DomainError {
  return new DomainError('request_in_progress', `${slug} was changed by somebody else after the plan was made`, {
    hint: 'Nothing of it was applied. Run the command again and look at the new plan.',
  });
}
