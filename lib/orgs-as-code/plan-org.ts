import { DomainError } from '@/lib/errors';
import { displayName, lowerAscii } from '@/lib/input/fields';
import { domainAdmits } from '@/lib/orgs/allowed-domains';
import { slugInput } from '@/lib/orgs/slug';
import type { DeclaredMember, DeclaredOrg } from './org-file';
import type { OrgState } from './org-state';

interface Person {
  userId: string;
  email: string;
}
type Role = DeclaredMember['role'];
export type Setting = 'name' | 'mfaRequired' | 'defaultInviteRole' | 'allowedEmailDomains';

/** One step from what is to what is declared, in the order they are taken. */
export type Change =
  | ({ kind: 'found'; name: string } & Person)
  | { kind: 'setting'; setting: Setting; before: unknown; after: unknown }
  | ({ kind: 'add'; role: Role } & Person)
  | ({ kind: 'role'; before: string; after: Role } & Person)
  | { kind: 'withdraw'; inviteId: string; email: string }
  | { kind: 'invite'; email: string; role: 'admin' | 'member' }
  | ({ kind: 'remove'; role: string } & Person);

/** The account behind each address that may count as one; empty unless the file says match_known_addresses. */
export type KnownAccounts = ReadonlyMap<string, string>;

/** What an org that is not there yet looks like. */
const NEW: Omit<OrgState, 'id' | 'name'> = {
  mfaRequired: false,
  defaultInviteRole: 'member',
  allowedEmailDomains: [],
  members: [],
  invites: [],
};

/**
 * The steps from an org as it is to the org as declared; none when they are the same. Pure. Throws validation_failed for what cannot be
 * done, and last_owner when nobody would own it.
 */
export function planOrg(asWritten: DeclaredOrg, state: OrgState | undefined, known: KnownAccounts): Change[] {
  const declared = withNewNames(asWritten, state);
  const placed = declared.members.map((member) => place(member, state, known));
  const founder = state ? undefined : founderOf(declared, placed);
  const found: Change[] = founder ? [{ kind: 'found', name: declared.name, userId: founder.userId, email: founder.email }] : [];
  const before: Omit<OrgState, 'id'> = state ?? {
    ...NEW,
    name: declared.name,
    members: founder ? [{ userId: founder.userId, email: founder.email, role: 'owner' }] : [],
  };
  const people = planPeople(declared, before, placed);
  refuseOwnerless(declared.slug, before, people);
  return [...found, ...planSettings(declared, before), ...people];
}

/** A declared member as somebody: an account, or an address that is invited. */
type Placed = { role: Role; email: string; userId: string } | { role: Role; email: string; userId: undefined };

function place({ email = '', user_id, role }: DeclaredMember, state: OrgState | undefined, known: KnownAccounts): Placed {
  if (user_id !== undefined) return { role, email, userId: user_id };
  const inOrg = state?.members.filter((member) => lowerAscii(member.email) === email) ?? [];
  if (inOrg.length > 1) throw refusal(`Several members hold the address ${email}: name the user_id of each`);
  const userId = inOrg[0]?.userId ?? known.get(email);
  return userId === undefined ? { role, email, userId } : { role, email, userId };
}

function founderOf({ slug }: DeclaredOrg, placed: Placed[]): Placed & { userId: string } {
  for (const one of placed) if (one.role === 'owner' && one.userId !== undefined) return one;
  throw refusal(`"${slug}" does not exist, and founding it needs an owner with a user_id`);
}

function planSettings({ name, settings }: DeclaredOrg, before: Omit<OrgState, 'id'>): Change[] {
  const after: Record<Setting, unknown> = {
    name,
    mfaRequired: settings.mfa_required ?? before.mfaRequired,
    defaultInviteRole: settings.default_invite_role ?? before.defaultInviteRole,
    allowedEmailDomains: settings.allowed_email_domains ?? before.allowedEmailDomains,
  };
  return (Object.keys(after) as Setting[])
    .filter((setting) => JSON.stringify(before[setting]) !== JSON.stringify(after[setting]))
    .map((setting) => ({ kind: 'setting', setting, before: before[setting], after: after[setting] }));
}

function planPeople(declared: DeclaredOrg, before: Omit<OrgState, 'id'>, placed: Placed[]): Change[] {
  const domains = declared.settings.allowed_email_domains ?? before.allowedEmailDomains;
  const wanted = placed.flatMap((one) => planPerson(one, before, domains));
  if (!declared.prune) return wanted;
  const accounts = new Set(placed.map(({ userId }) => userId));
  const addresses = new Set(placed.filter(({ userId }) => userId === undefined).map(({ email }) => email));
  const removed = before.members
    .filter(({ userId }) => !accounts.has(userId))
    .map((member): Change => ({ kind: 'remove', ...member }));
  const withdrawn = before.invites
    .filter(({ email }) => !addresses.has(lowerAscii(email)))
    .map(({ id, email }): Change => ({ kind: 'withdraw', inviteId: id, email }));
  const already = new Set(wanted.flatMap((change) => (change.kind === 'withdraw' ? [change.inviteId] : [])));
  return [...wanted, ...withdrawn.filter((change) => change.kind === 'withdraw' && !already.has(change.inviteId)), ...removed];
}

function planPerson({ role, email, userId }: Placed, { members, invites }: Omit<OrgState, 'id'>, domains: string[]): Change[] {
  const open = invites.filter((invite) => lowerAscii(invite.email) === email);
  const withdraw = open.map(({ id, email: to }): Change => ({ kind: 'withdraw', inviteId: id, email: to }));
  if (userId !== undefined) {
    const member = members.find((one) => one.userId === userId);
    if (!member) return [...withdraw, { kind: 'add', userId, email, role }];
    if (member.role === role) return [];
    return [{ kind: 'role', userId, email: member.email, before: member.role, after: role }];
  }
  if (role === 'owner') throw refusal(`${email} is not a member, and nobody is invited as an owner: name their user_id`);
  if (open.some((invite) => invite.role === role)) return [];
  if (!domainAdmits(domains, email)) throw refusal(`${email} is not of a domain in allowed_email_domains`);
  return [...withdraw, { kind: 'invite', email, role }];
}

/** Owners are made before others step down, so only the end counts. An adopted org that never had one is not made worse. */
function refuseOwnerless(slug: string, { members }: Omit<OrgState, 'id'>, changes: Change[]): void {
  const before = members.filter(({ role }) => role === 'owner').map(({ userId }) => userId);
  const owners = new Set(before);
  for (const change of changes) {
    if (change.kind === 'add' && change.role === 'owner') owners.add(change.userId);
    if (change.kind === 'role' && change.after === 'owner') owners.add(change.userId);
    if (change.kind === 'role' && change.after !== 'owner') owners.delete(change.userId);
    if (change.kind === 'remove') owners.delete(change.userId);
  }
  if (owners.size > 0) return;
  if (before.length === 0 && changes.every(({ kind }) => kind !== 'invite')) return;
  throw new DomainError('last_owner', `Nobody would own "${slug}"`, { hint: 'Declare a member with the role owner.' });
}

/** The names an org has may stay; new ones are such as people may choose. */
function withNewNames(declared: DeclaredOrg, state: OrgState | undefined): DeclaredOrg {
  // A reserved slug is the operator's to give: the documentation's own is `default`.
  const badSlug = state ? undefined : slugInput.safeParse(declared.slug).error;
  if (badSlug) throw refusal(`The slug ${badSlug.issues[0]?.message}`);
  if (state?.name === declared.name) return declared;
  const name = displayName.safeParse(declared.name);
  if (!name.success) throw refusal(`The name ${name.error.issues[0]?.message}`);
  return { ...declared, name: name.data };
}

function refusal(message: string): DomainError {
  return new DomainError('validation_failed', message);
}
