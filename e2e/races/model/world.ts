import type { Role } from './actions';

/**
 * What orgs are meant to do, written a second time from api.md in plain maps: no SQL, nothing of lib/. People are numbers; orgs,
 * invites, secrets and tokens bear the number of the step that made them, which is also their age.
 */
export interface Org {
  number: number;
  name: string;
  /** The owner the org names. */
  owner: number;
  mfaRequired: boolean;
  /** In the order they joined. */
  members: Map<number, Role>;
}
export interface Invite {
  number: number;
  org: number;
  whom: number;
  role: 'admin' | 'member';
  inviter: number;
  secret: number;
  state: 'open' | 'accepted' | 'declined' | 'revoked';
}
export interface Token {
  number: number;
  org: number;
  maker: number;
  role: Role;
  live: boolean;
}
export interface World {
  orgs: Map<number, Org>;
  invites: Map<number, Invite>;
  tokens: Map<number, Token>;
  /** The org each person chose last. */
  chosen: Map<number, number>;
  /** Orgs of a person in the order they joined. */
  joined: Map<number, number[]>;
  /** People whose session has used a second factor. */
  strong: Set<number>;
}

export const RANK: Record<Role, number> = { member: 1, admin: 2, owner: 3 };
export const isManager = (role: Role | undefined): boolean => role === 'owner' || role === 'admin';
export const lower = (one: Role, other: Role): Role => (RANK[one] <= RANK[other] ? one : other);

export function newWorld(strong: Iterable<number>): World {
  const [orgs, invites, tokens, chosen, joined] = [new Map(), new Map(), new Map(), new Map(), new Map()];
  return { orgs, invites, tokens, chosen, joined, strong: new Set(strong) };
}

/** The refusal everybody meets who may not do this much in an org; undefined lets them in. */
export function refusal({ strong }: World, org: Org | undefined, who: number, least: Role): string | undefined {
  const role = org?.members.get(who);
  if (!org || !role) return '404 org_not_found';
  if (org.mfaRequired && !strong.has(who)) return '403 insufficient_aal';
  return RANK[role] < RANK[least] ? '403 forbidden' : undefined;
}

/** Makes somebody a member, the youngest of an org. */
export function join(world: World, org: number, who: number, role: Role): void {
  world.orgs.get(org)?.members.set(who, role);
  world.joined.set(who, [...(world.joined.get(who) ?? []), org]);
}
