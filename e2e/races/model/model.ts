import type { Action, Role, Step } from './actions';
import { answerInOrg } from './model-in-org';
import { type Invite, isManager, join, lower, type Org, type World } from './world';

/** Carries a step out in the model and returns the answer the API must give: `200`, `403 forbidden`, … */
export function answerOf(world: World, { number, action }: Step): string {
  switch (action.kind) {
    case 'found':
      return found(world, number, action);
    case 'choose':
      return choose(world, action);
    case 'accept':
      return accept(world, action);
    case 'decline':
      return decline(world, action);
    case 'use-token':
      return tryToken(world, action);
    case 'mint-in-current':
      return mintInCurrent(world, number, action);
    default:
      return answerInOrg(world, number, action);
  }
}

/** The org a person works in: the one they chose, else the first they joined. */
export function currentOrg({ chosen, joined, orgs }: World, who: number): Org | undefined {
  return orgs.get(chosen.get(who) ?? joined.get(who)?.[0] ?? -1);
}

/** What an API token may do today; undefined when it opens nothing. */
export function rightsOf({ orgs, tokens }: World, number: number): { org: Org; role: Role } | undefined {
  const token = tokens.get(number);
  const org = orgs.get(token?.org ?? -1);
  const maker = org?.members.get(token?.maker ?? -1);
  return token?.live && org && maker ? { org, role: lower(token.role, maker) } : undefined;
}

function found(world: World, number: number, { who, name, slugOf }: Extract<Action, { kind: 'found' }>): string {
  if (slugOf !== undefined && world.orgs.has(slugOf)) return '409 slug_taken';
  world.orgs.set(number, { number, name, owner: who, mfaRequired: false, members: new Map() });
  join(world, number, who, 'owner');
  world.chosen.set(who, number);
  return '201';
}

function choose({ orgs, chosen }: World, { who, org }: Extract<Action, { kind: 'choose' }>): string {
  if (!orgs.get(org)?.members.has(who)) return '403 not_a_member';
  chosen.set(who, org);
  return '200';
}

function accept(world: World, { who, secret }: Extract<Action, { kind: 'accept' }>): string {
  const invite = bySecret(world, secret);
  if (!invite) return '404 invite_not_found';
  if (invite.state === 'accepted') return '410 invite_used';
  if (world.orgs.get(invite.org)?.members.has(who)) return '409 already_member';
  if (invite.whom !== who) return '403 email_mismatch';
  const ended = endOf(world, invite);
  if (ended) return ended;
  invite.state = 'accepted';
  join(world, invite.org, who, invite.role);
  return '200';
}

function decline(world: World, { who, secret }: Extract<Action, { kind: 'decline' }>): string {
  const invite = bySecret(world, secret);
  if (!invite) return '404 invite_not_found';
  if (invite.whom !== who) return '403 email_mismatch';
  const ended = endOf(world, invite);
  if (ended) return ended;
  invite.state = 'declined';
  return '204';
}

function bySecret({ invites }: World, secret: number): Invite | undefined {
  return [...invites.values()].find((invite) => invite.secret === secret);
}

/** An invite is worth as much as whoever stands behind it. */
function endOf({ orgs }: World, { state, org, inviter }: Invite): string | undefined {
  if (state === 'accepted') return '410 invite_used';
  if (state === 'declined') return '410 invite_declined';
  return state === 'revoked' || !isManager(orgs.get(org)?.members.get(inviter)) ? '410 invite_revoked' : undefined;
}

function tryToken(world: World, { token, org, to }: Extract<Action, { kind: 'use-token' }>): string {
  const rights = rightsOf(world, token);
  if (!rights) return '401 invalid_api_token';
  if (rights.org.number !== org) return '404 org_not_found';
  return to === 'read' ? '200' : '403 token_not_allowed';
}

function mintInCurrent(world: World, number: number, { who, role }: Extract<Action, { kind: 'mint-in-current' }>): string {
  const org = currentOrg(world, who);
  if (!org) return '403 not_a_member';
  return answerInOrg(world, number, { kind: 'mint', who, role, org: org.number });
}
