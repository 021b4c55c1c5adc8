/** How many people and orgs a history is about. */
export const PEOPLE = 20;
const MOST_ORGS = 5;

export type Role = 'owner' | 'admin' | 'member';
/** People are numbers from 0; what a history makes (orgs, invites, secrets, tokens) bears the number of the step that made it. */
export type Action =
  | { kind: 'found'; who: number; name: string; slugOf?: number }
  | { kind: 'rename'; who: number; org: number; name: string }
  | { kind: 'ask-for-mfa'; who: number; org: number; on: boolean }
  | { kind: 'delete'; who: number; org: number; confirmed: boolean }
  | { kind: 'transfer'; who: number; org: number; whom: number }
  | { kind: 'choose'; who: number; org: number }
  | { kind: 'change-role'; who: number; org: number; whom: number; role: Role }
  | { kind: 'remove'; who: number; org: number; whom: number }
  | { kind: 'invite'; who: number; org: number; whom: number; role: 'admin' | 'member' }
  | { kind: 'resend'; who: number; org: number; invite: number }
  | { kind: 'revoke-invite'; who: number; org: number; invite: number }
  | { kind: 'accept'; who: number; secret: number }
  | { kind: 'decline'; who: number; secret: number }
  | { kind: 'mint'; who: number; org: number; role: Role }
  | { kind: 'mint-in-current'; who: number; role: Role }
  | { kind: 'revoke-token'; who: number; org: number; token: number }
  | { kind: 'use-token'; token: number; org: number; to: 'read' | 'manage' };

export interface Step {
  number: number;
  action: Action;
}

/** What a generator may speak of: everything that was made, dead or alive, since the dead are worth asking for too. */
export interface Known {
  orgs: number[];
  invites: { number: number; org: number; whom: number }[];
  secrets: { number: number; whom: number }[];
  tokens: { number: number; org: number }[];
  /** People by org, as far as they are known; chosen more often than strangers. */
  members: Map<number, number[]>;
}

type Random = () => number;
type Draw = (known: Known, random: Random) => Action | undefined;

const NAMES = ['Acme', 'Borealis', 'Cobalt', 'Dune', 'Ember'];
const ROLES: Role[] = ['owner', 'admin', 'member'];

/** Draws with their weight; a kind of action is added here, to the request it makes and to the model. */
const DRAWS: [number, Draw][] = [
  [2, (known, random) => foundIfRoom(known, random)],
  [3, inOrg((org, who, random) => ({ kind: 'rename', who, org, name: `${pick(NAMES, random)} ${Math.floor(random() * 100)}` }))],
  [1, inOrg((org, who, random) => ({ kind: 'ask-for-mfa', who, org, on: random() < 0.5 }))],
  [2, inOrg((org, who, random) => ({ kind: 'delete', who, org, confirmed: random() < 0.5 }))],
  [2, withOther((org, who, whom) => ({ kind: 'transfer', who, org, whom }))],
  [4, inOrg((org, who) => ({ kind: 'choose', who, org }))],
  [9, withOther((org, who, whom, random) => ({ kind: 'change-role', who, org, whom, role: pick(ROLES, random) }))],
  [5, withOther((org, who, whom) => ({ kind: 'remove', who, org, whom }))],
  [1, inOrg((org, who) => ({ kind: 'remove', who, org, whom: who }))],
  [
    12,
    inOrg((org, who, random) => ({ kind: 'invite', who, org, whom: person(random), role: pick(['admin', 'member'], random) })),
  ],
  [4, withInvite((org, who, invite) => ({ kind: 'resend', who, org, invite }))],
  [4, withInvite((org, who, invite) => ({ kind: 'revoke-invite', who, org, invite }))],
  [13, withSecret((who, secret) => ({ kind: 'accept', who, secret }))],
  [3, withSecret((who, secret) => ({ kind: 'decline', who, secret }))],
  [6, inOrg((org, who, random) => ({ kind: 'mint', who, org, role: pick(ROLES, random) }))],
  [2, (_known, random) => ({ kind: 'mint-in-current', who: person(random), role: pick(ROLES, random) })],
  [4, withToken((org, token, known, random) => ({ kind: 'revoke-token', who: insider(known, org, random), org, token }))],
  [7, withToken((org, token, _known, random) => ({ kind: 'use-token', token, org, to: random() < 0.8 ? 'read' : 'manage' }))],
];
const POOL: Draw[] = DRAWS.flatMap(([weight, draw]) => Array<Draw>(weight).fill(draw));

/** A random action; the same numbers give the same one. */
export function drawAction(known: Known, random: Random): Action {
  for (;;) {
    const action = pick(POOL, random)(known, random);
    if (action) return action;
  }
}

function foundIfRoom({ orgs, members }: Known, random: Random): Action | undefined {
  const who = person(random);
  const name = pick(NAMES, random);
  const alive = orgs.filter((org) => (members.get(org)?.length ?? 0) > 0);
  if (alive.length < MOST_ORGS) return { kind: 'found', who, name };
  // A slug that stands is refused; one whose org is gone would make a sixth org.
  return { kind: 'found', who, name, slugOf: pick(alive, random) };
}

function inOrg(make: (org: number, who: number, random: Random) => Action): Draw {
  return (known, random) => {
    const org = someOrg(known, random);
    return org === undefined ? undefined : make(org, insider(known, org, random), random);
  };
}

function withOther(make: (org: number, who: number, whom: number, random: Random) => Action): Draw {
  return (known, random) => {
    const org = someOrg(known, random);
    return org === undefined ? undefined : make(org, insider(known, org, random), insider(known, org, random), random);
  };
}

/** Now and then through an org that is not the child's own. */
function withInvite(make: (org: number, who: number, invite: number) => Action): Draw {
  return (known, random) => {
    const invite = recent(known.invites, random);
    const org = random() < 0.05 ? someOrg(known, random) : invite?.org;
    return invite && org !== undefined ? make(org, insider(known, org, random), invite.number) : undefined;
  };
}

function withSecret(make: (who: number, secret: number) => Action): Draw {
  return (known, random) => {
    const secret = recent(known.secrets, random);
    return secret && make(random() < 0.15 ? person(random) : secret.whom, secret.number);
  };
}

function withToken(make: (org: number, token: number, known: Known, random: Random) => Action): Draw {
  return (known, random) => {
    const token = recent(known.tokens, random);
    const org = random() < 0.1 ? someOrg(known, random) : token?.org;
    return token && org !== undefined ? make(org, token.number, known, random) : undefined;
  };
}

function person(random: Random): number {
  return Math.floor(random() * PEOPLE);
}

function insider({ members }: Known, org: number, random: Random): number {
  const people = members.get(org) ?? [];
  if (people.length === 0 || random() < 0.12) return person(random);
  // The longest-standing is an owner more often than others are.
  return random() < 0.3 ? (people[0] ?? 0) : pick(people, random);
}

function someOrg({ orgs }: Known, random: Random): number | undefined {
  return recent(orgs, random, MOST_ORGS + 1);
}

/** Old things are asked for too, but seldom. */
function recent<T>(all: T[], random: Random, few = 12): T | undefined {
  if (all.length === 0) return undefined;
  return random() < 0.1 ? pick(all, random) : pick(all.slice(-few), random);
}

function pick<T>(from: T[], random: Random): T {
  return from[Math.floor(random() * from.length)] as T;
}
