import { randomUUID } from 'node:crypto';
import { config } from '@/lib/config';
import { type Operation, orgOf } from '@/lib/openapi/operation';
import { enlist, holdSandbox } from './scripted-fleet';
import { callAs, join, newOwner, newPerson, type Person } from './test-people';
import type { TestProject } from './test-project';

export interface Token {
  id: string;
  prefix: string;
  /** The secret. */
  token: string;
}
type Owner = Person & { org: { id: string; slug: string } };
type Role = 'owner' | 'admin' | 'member';

/** An org with somebody of every kind, and one thing of every kind in it: what any operation can be tried on. */
export interface World {
  org: { id: string; slug: string };
  owner: Owner;
  admin: Person;
  member: Person;
  /** A member like any other, for what is done to members. */
  target: Person;
  removed: Person;
  /** Signed in, and invited to the org, but a member of nothing. */
  outsider: Person;
  /** The owner of another org. */
  stranger: Owner;
  /** Minted by the owner, one a role. */
  tokens: Record<Role, Token>;
  /** One that each of them minted. */
  own: Record<Role, Token>;
  removedToken: Token;
  strangersToken: Token;
  /** Addressed to the outsider. */
  invite: { id: string; token: string };
  /** The id of one that an agent holds. */
  sandbox: string;
}

export async function newWorld(project: TestProject): Promise<World> {
  const owner = await newOwner(project);
  const stranger = await newOwner(project);
  const [admin, member, target, removed, outsider] = Array.from({ length: 5 }, () => newPerson(project)) as Five;
  await join(owner, admin, 'admin');
  for (const person of [member, target, removed]) await join(owner, person);
  const mint = async (person: Person, { org }: { org: { id: string } }, role = 'member'): Promise<Token> =>
    (await person.call('POST', `/v1/orgs/${org.id}/tokens`, { label: 'ci', role })).body;
  // With a secret from before, for what ends one.
  const rotated = async (person: Person): Promise<Token> => {
    const { id } = await mint(person, owner);
    return (await person.call('POST', `/v1/orgs/${owner.org.id}/tokens/${id}/rotate`, {})).body;
  };
  const removedToken = await mint(removed, owner);
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}/members/${removed.userId}`);
  const invite = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: outsider.email });
  return {
    org: owner.org,
    owner,
    admin,
    member,
    target,
    removed,
    outsider,
    stranger,
    tokens: {
      owner: await mint(owner, owner, 'owner'),
      admin: await mint(owner, owner, 'admin'),
      member: await mint(owner, owner),
    },
    own: { owner: await rotated(owner), admin: await rotated(admin), member: await rotated(member) },
    removedToken,
    strangersToken: await mint(stranger, stranger, 'owner'),
    invite: invite.body,
    sandbox: await holdSandbox({ agentId: await enlist({ url: 'http://127.0.0.1:9' }), workspace: owner.org.id }),
  };
}
type Five = [Person, Person, Person, Person, Person];

/** What a path parameter is filled with; anything it does not name takes the world's own. */
export type Ids = Partial<Record<'org' | 'user_id' | 'invite_id' | 'token_id' | 'prefix' | 'token' | 'sandbox', string>>;

export function idsIn(world: World, token: Token = world.own.owner): Required<Ids> {
  return {
    org: world.org.id,
    user_id: world.target.userId,
    invite_id: world.invite.id,
    token_id: token.id,
    prefix: token.prefix,
    token: world.invite.token,
    sandbox: world.sandbox,
  };
}

export interface Sent {
  method: string;
  path: string;
  body?: unknown;
  headers: Record<string, string>;
}

/** A request that the operation would carry out in this world, if whoever sends it may. */
export function requestTo(operation: Operation, world: World, ids: Ids = {}): Sent {
  const known: Ids = { ...idsIn(world), ...ids };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => encodeURIComponent(known[name] ?? 'unknown'));
  if (orgOf(operation) === 'server') config().operatorOrg = world.org.slug;
  const body = operation.input ? inWorld(operation.example ?? {}, world) : undefined;
  const headers: Record<string, string> = orgOf(operation) === 'current' ? { 'x-pandastack-org': known.org ?? '' } : {};
  return { method: operation.method, path, body, headers };
}

/** Sends it with a credential, or with none. */
export function send({ method, path, body, headers }: Sent, credential: string | null) {
  return callAs(credential)(method, path, body, headers);
}

/** The example of a row, with the names that mean something here. */
function inWorld(value: unknown, world: World): unknown {
  if (Array.isArray(value)) return value.map((inner) => inWorld(inner, world));
  if (typeof value !== 'object' || value === null) return value;
  const meant: Record<string, () => unknown> = {
    email: () => `${randomUUID()}@example.com`,
    slug: () => `slug-${randomUUID().slice(0, 18)}`,
    org_id: () => world.org.id,
    user_id: () => world.target.userId,
    confirm: () => world.org.slug,
  };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, meant[key]?.() ?? inWorld(inner, world)]));
}
