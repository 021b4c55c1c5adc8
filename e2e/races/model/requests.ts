import type { Answer, Person } from '@/e2e/support/test-people';
import type { Action, Known, Step } from './actions';

/** The real names of what a history made, by the number of the step that made it. */
export interface Made {
  orgs: Map<number, { id: string; slug: string }>;
  invites: Map<number, string>;
  secrets: Map<number, string>;
  tokens: Map<number, { id: string; secret: string }>;
  /** The step that made an id. */
  steps: Map<string, number>;
}

interface ApiRequest {
  method: string;
  path: string;
  body?: unknown;
  /** The secret of an API token; people send their own. */
  token?: string;
}

export function nothingMade(): Made {
  return { orgs: new Map(), invites: new Map(), secrets: new Map(), tokens: new Map(), steps: new Map() };
}

export function nothingKnown(): Known {
  return { orgs: [], invites: [], secrets: [], tokens: [], members: new Map() };
}

/** What an action asks of /v1; undefined when it speaks of something this history did not make. */
export function requestOf(action: Action, made: Made, people: Pick<Person, 'userId' | 'email'>[]): ApiRequest | undefined {
  const org = 'org' in action ? made.orgs.get(action.org) : undefined;
  if ('org' in action && !org) return undefined;
  const path = `/v1/orgs/${org?.id}`;
  const whom = 'whom' in action ? people[action.whom] : undefined;
  switch (action.kind) {
    case 'found': {
      const taken = action.slugOf === undefined ? undefined : made.orgs.get(action.slugOf);
      if (action.slugOf !== undefined && !taken) return undefined;
      return { method: 'POST', path: '/v1/orgs', body: { name: action.name, ...(taken ? { slug: taken.slug } : {}) } };
    }
    case 'rename':
      return { method: 'PATCH', path, body: { name: action.name } };
    case 'ask-for-mfa':
      return { method: 'PATCH', path, body: { mfa_required: action.on } };
    case 'delete':
      return { method: 'DELETE', path, body: { confirm: action.confirmed ? org?.slug : 'something else' } };
    case 'transfer':
      return { method: 'POST', path: `${path}/transfer`, body: { user_id: whom?.userId } };
    case 'choose':
      return { method: 'POST', path: '/v1/me/current-org', body: { org_id: org?.id } };
    case 'change-role':
      return { method: 'PATCH', path: `${path}/members/${whom?.userId}`, body: { role: action.role } };
    case 'remove':
      return { method: 'DELETE', path: `${path}/members/${whom?.userId}` };
    case 'invite':
      return { method: 'POST', path: `${path}/invites`, body: { email: whom?.email, role: action.role } };
    case 'mint':
      return { method: 'POST', path: `${path}/tokens`, body: { label: 'made', role: action.role } };
    case 'mint-in-current':
      return { method: 'POST', path: '/v1/me/tokens', body: { label: 'made', role: action.role } };
    default:
      return requestForMade(action, made, path);
  }
}

type OfMade = Extract<Action, { invite: number } | { secret: number } | { token: number }>;

function requestForMade(action: OfMade, made: Made, path: string): ApiRequest | undefined {
  const invite = 'invite' in action ? made.invites.get(action.invite) : undefined;
  const secret = 'secret' in action ? made.secrets.get(action.secret) : undefined;
  const token = 'token' in action ? made.tokens.get(action.token) : undefined;
  switch (action.kind) {
    case 'resend':
      return invite === undefined ? undefined : { method: 'POST', path: `${path}/invites/${invite}/resend` };
    case 'revoke-invite':
      return invite === undefined ? undefined : { method: 'DELETE', path: `${path}/invites/${invite}` };
    case 'accept':
    case 'decline':
      return secret === undefined ? undefined : { method: 'POST', path: `/v1/orgs/invites/${secret}/${action.kind}` };
    case 'revoke-token':
      return token && { method: 'DELETE', path: `${path}/tokens/${token.id}` };
    case 'use-token':
      return (
        token && {
          ...(action.to === 'read' ? { method: 'GET', path } : { method: 'GET', path: `${path}/invites` }),
          token: token.secret,
        }
      );
  }
}

/** Remembers what a step made. */
export function noteMade({ number, action }: Step, { status, body }: Pick<Answer, 'status' | 'body'>, made: Made): void {
  if (status >= 300) return;
  if (status === 201) made.steps.set(body.id, number);
  if (action.kind === 'found') made.orgs.set(number, { id: body.id, slug: body.slug });
  if (action.kind === 'invite') made.invites.set(number, body.id);
  if (action.kind === 'invite' || action.kind === 'resend') made.secrets.set(number, body.token);
  if (action.kind === 'mint' || action.kind === 'mint-in-current') made.tokens.set(number, { id: body.id, secret: body.token });
}

/** Lets the generator speak of what a step made. */
export function noteKnown({ number, action }: Step, { status }: Pick<Answer, 'status'>, known: Known): void {
  if (status >= 300) return;
  if (action.kind === 'found') known.orgs.push(number);
  if (action.kind === 'invite') known.invites.push({ number, org: action.org, whom: action.whom });
  if (action.kind === 'invite') known.secrets.push({ number, whom: action.whom });
  if (action.kind === 'resend') {
    const invite = known.invites.find((one) => one.number === action.invite);
    known.secrets.push({ number, whom: invite?.whom ?? 0 });
  }
  if (action.kind === 'mint') known.tokens.push({ number, org: action.org });
  if (action.kind === 'mint-in-current') known.tokens.push({ number, org: known.orgs.at(-1) ?? 0 });
  noteMembers({ number, action }, known);
}

function noteMembers({ number, action }: Step, { members, invites }: Known): void {
  if (action.kind === 'found') members.set(number, [action.who]);
  if (action.kind === 'delete') members.set(action.org, []);
  if (action.kind === 'remove')
    members.set(
      action.org,
      (members.get(action.org) ?? []).filter((one) => one !== action.whom),
    );
  if (action.kind === 'accept') {
    const invite = invites.findLast((one) => one.number <= action.secret && one.whom === action.who);
    if (invite) members.get(invite.org)?.push(action.who);
  }
}
