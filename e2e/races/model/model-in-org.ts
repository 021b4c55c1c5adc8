import type { Action, Role } from './actions';
import { isManager, type Org, RANK, refusal, type World } from './world';

type InOrg = Exclude<Action, { kind: 'found' | 'choose' | 'accept' | 'decline' | 'use-token' | 'mint-in-current' }>;

const LEAST: Record<InOrg['kind'], Role> = {
  rename: 'admin',
  'ask-for-mfa': 'owner',
  delete: 'owner',
  transfer: 'owner',
  'change-role': 'admin',
  remove: 'admin',
  invite: 'admin',
  resend: 'admin',
  'revoke-invite': 'admin',
  mint: 'member',
  'revoke-token': 'member',
};

/** Carries out in the model what happens in one org. */
export function answerInOrg(world: World, number: number, action: InOrg): string {
  const org = world.orgs.get(action.org);
  const leaves = action.kind === 'remove' && action.whom === action.who;
  const refused = refusal(world, org, action.who, leaves ? 'member' : LEAST[action.kind]);
  if (refused || !org) return refused ?? '';
  switch (action.kind) {
    case 'rename':
      org.name = action.name;
      return '200';
    case 'ask-for-mfa':
      if (action.on && !world.strong.has(action.who)) return '403 insufficient_aal';
      org.mfaRequired = action.on;
      return '200';
    case 'delete':
      return deleteOrg(world, org, action.confirmed);
    case 'transfer':
      return transfer(org, action);
    case 'change-role':
      return changeRole(world, org, action);
    case 'remove':
      return remove(world, org, action);
    case 'invite':
      return invite(world, org, number, action);
    case 'resend':
    case 'revoke-invite':
      return answerInvite(world, number, action);
    case 'mint':
      if (RANK[action.role] > RANK[org.members.get(action.who) ?? 'member']) return '403 forbidden';
      world.tokens.set(number, { number, org: org.number, maker: action.who, role: action.role, live: true });
      return '201';
    case 'revoke-token':
      return revokeToken(world, org, action);
  }
}

function deleteOrg(world: World, org: Org, confirmed: boolean): string {
  if (!confirmed) return '400 validation_failed';
  world.orgs.delete(org.number);
  for (const [person, joined] of world.joined)
    world.joined.set(
      person,
      joined.filter((one) => one !== org.number),
    );
  for (const [person, chosen] of world.chosen) if (chosen === org.number) world.chosen.delete(person);
  for (const kept of [world.invites, world.tokens]) {
    for (const [number, one] of kept) if (one.org === org.number) kept.delete(number);
  }
  return '204';
}

function transfer(org: Org, { who, whom }: { who: number; whom: number }): string {
  if (whom === who) return '400 validation_failed';
  if (!org.members.has(whom)) return '404 member_not_found';
  org.members.set(whom, 'owner').set(who, 'admin');
  org.owner = whom;
  return '200';
}

const lastOwner = ({ members }: Org) => [...members.values()].filter((role) => role === 'owner').length === 1;

function changeRole(world: World, org: Org, { who, whom, role }: { who: number; whom: number; role: Role }): string {
  const [own, theirs] = [org.members.get(who), org.members.get(whom)];
  if (!theirs) return '404 member_not_found';
  if (own !== 'owner' && (theirs !== 'member' || role !== 'member')) return '403 forbidden';
  if (theirs === 'owner' && role !== 'owner' && lastOwner(org)) return '409 last_owner';
  org.members.set(whom, role);
  if (role === 'member') endInvitesOf(world, org, whom);
  nameOwner(org);
  return '200';
}

function remove(world: World, org: Org, { who, whom }: { who: number; whom: number }): string {
  const [own, theirs] = [org.members.get(who), org.members.get(whom)];
  if (!theirs) return '404 member_not_found';
  if (who !== whom && own !== 'owner' && theirs !== 'member') return '403 forbidden';
  if (theirs === 'owner' && lastOwner(org)) return '409 last_owner';
  org.members.delete(whom);
  nameOwner(org);
  world.joined.set(
    whom,
    (world.joined.get(whom) ?? []).filter((one) => one !== org.number),
  );
  if (world.chosen.get(whom) === org.number) world.chosen.delete(whom);
  for (const token of world.tokens.values()) if (token.org === org.number && token.maker === whom) token.live = false;
  endInvitesOf(world, org, whom);
  return '204';
}

function endInvitesOf(world: World, org: Org, whom: number): void {
  for (const invite of world.invites.values()) {
    if (invite.org === org.number && invite.inviter === whom && invite.state === 'open') invite.state = 'revoked';
  }
}

/** When the owner an org names is none any more, its longest-standing owner is named. */
function nameOwner(org: Org): void {
  if (org.members.get(org.owner) === 'owner') return;
  org.owner = [...org.members].find(([, role]) => role === 'owner')?.[0] ?? org.owner;
}

function invite(world: World, org: Org, number: number, { who, whom, role }: Extract<InOrg, { kind: 'invite' }>): string {
  if (org.members.has(whom)) return '409 already_member';
  const standing = [...world.invites.values()].some((one) => one.org === org.number && one.whom === whom && one.state === 'open');
  if (standing) return '409 invite_exists';
  world.invites.set(number, { number, org: org.number, whom, role, inviter: who, secret: number, state: 'open' });
  return '201';
}

function answerInvite(world: World, number: number, { kind, who, org, invite }: Extract<InOrg, { invite: number }>): string {
  const standing = world.invites.get(invite);
  if (standing?.org !== org || standing.state !== 'open') return '404 invite_not_found';
  if (kind === 'revoke-invite') {
    standing.state = 'revoked';
    return '204';
  }
  standing.secret = number;
  standing.inviter = who;
  return '200';
}

function revokeToken(world: World, org: Org, { who, token }: Extract<InOrg, { kind: 'revoke-token' }>): string {
  const one = world.tokens.get(token);
  const visible = one?.maker === who || isManager(org.members.get(who));
  if (!one?.live || one.org !== org.number || !visible) return '404 token_not_found';
  one.live = false;
  return '204';
}
