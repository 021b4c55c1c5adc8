import type { Person } from '@/e2e/support/test-people';
import { currentOrg } from './model';
import type { Made } from './requests';
import { isManager, type Org, refusal, type World } from './world';

/** What somebody sees, reduced to what the model knows: one text a request, so that two of them are compared at a glance. */
export type Views = Record<string, string>;

/** What the model lets somebody see: themselves, and of one org its people, invites and tokens. */
export function viewsInModel(world: World, who: number, org: number | undefined): Views {
  const mine = (world.joined.get(who) ?? []).flatMap((number) => world.orgs.get(number) ?? []);
  const views: Views = {
    me: show(mine.map((one) => viewOfOrg(one, who))),
    current: show(currentOrg(world, who)?.number ?? null),
  };
  if (org === undefined) return views;
  const lists = listsInModel(world, who, org);
  for (const [name, least, list] of lists) views[name] = refusal(world, world.orgs.get(org), who, least) ?? show(list());
  return views;
}

function listsInModel(world: World, who: number, org: number) {
  const newestFirst = <T extends { number: number; org: number }>(all: Map<number, T>) =>
    [...all.values()].filter((one) => one.org === org).sort((a, b) => b.number - a.number);
  const members = world.orgs.get(org)?.members ?? new Map<number, string>();
  const all = isManager(members.get(who) as never);
  return [
    ['members', 'member', () => [...members]],
    ['invites', 'admin', () => newestFirst(world.invites).map((one) => [one.number, one.whom, one.role, one.inviter, one.state])],
    [
      'tokens',
      'member',
      () =>
        newestFirst(world.tokens)
          .filter(({ live, maker }) => live && (all || maker === who))
          .map((one) => [one.number, one.maker, one.role]),
    ],
  ] as const;
}

function viewOfOrg({ number, name, owner, mfaRequired, members }: Org, who: number) {
  return [number, name, owner, mfaRequired, members.get(who)];
}

/** What the API lets somebody see, in the words of the model. */
export async function viewsInApi(
  people: Person[],
  made: Made,
  { who, org }: { who: number; org: number | undefined },
): Promise<Views> {
  const names = namesOf(people, made);
  const person = people[who] as Person;
  const me = (await person.call('GET', '/v1/me')).body;
  const mine = me.orgs.map((one: Row) => [
    names.made(one.id),
    one.name,
    names.person(one.owner_user_id),
    one.mfa_required,
    one.role,
  ]);
  const views: Views = { me: show(mine), current: show(me.current_org && names.made(me.current_org.id)) };
  if (org === undefined) return views;
  const path = `/v1/orgs/${made.orgs.get(org)?.id}`;
  views.members = await list(person, `${path}/members`, (one) => [names.person(one.user_id), one.role]);
  views.invites = await list(person, `${path}/invites`, (one) => {
    const whom = people.findIndex(({ email }) => email === one.email);
    return [names.made(one.id), whom, one.role, names.person(one.invited_by), one.state];
  });
  views.tokens = await list(person, `${path}/tokens`, (one) => [names.made(one.id), names.person(one.created_by), one.role]);
  return views;
}

// biome-ignore lint/suspicious/noExplicitAny: rows of three lists
type Row = any;

/** A whole list, however many pages it has. */
async function list({ call }: Person, path: string, view: (row: Row) => unknown): Promise<string> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await call('GET', cursor === '' ? path : `${path}?cursor=${encodeURIComponent(cursor)}`);
    if (status !== 200) return `${status} ${body.code}`;
    rows.push(...(Array.isArray(body) ? body : body.items));
    cursor = body.next_cursor ?? null;
  }
  return show(rows.map(view));
}

function namesOf(people: Person[], { steps }: Made) {
  return {
    person: (userId: string) => people.findIndex((one) => one.userId === userId),
    made: (id: string) => steps.get(id) ?? id,
  };
}

function show(value: unknown): string {
  return JSON.stringify(value);
}
