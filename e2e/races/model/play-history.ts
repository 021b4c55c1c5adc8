import { sql } from 'drizzle-orm';
import { db } from '@/db/postgres';
import { callAs, newPerson, type Person } from '@/e2e/support/test-people';
import type { TestProject } from '@/e2e/support/test-project';
import { drawAction, PEOPLE, type Step } from './actions';
import { answerOf } from './model';
import { type Made, noteKnown, noteMade, nothingKnown, nothingMade, requestOf } from './requests';
import { viewsInApi, viewsInModel } from './views';
import { newWorld, type World } from './world';

/** Every fourth person's session has used a second factor. */
const STRONG = Array.from({ length: PEOPLE }, (_, who) => who).filter((who) => who % 4 === 0);
/** People outside the org who look at it after each step. */
const OUTSIDERS = 2;

export interface Difference {
  step: Step;
  what: string;
  model: string;
  api: string;
}

interface Played {
  answer: string;
  difference: Difference | undefined;
}

/** The model and the real product side by side, with people of their own. */
export interface Stage {
  people: Person[];
  world: World;
  made: Made;
}

export function newStage(project: TestProject): Stage {
  const person = (_: unknown, who: number) => newPerson(project, { claims: { aal: who % 4 === 0 ? 'aal2' : 'aal1' } });
  return { people: Array.from({ length: PEOPLE }, person), world: newWorld(STRONG), made: nothingMade() };
}

/** Plays one step on both and compares its answer. Undefined for a step about something this history never made. */
export async function playStep(stage: Stage, step: Step): Promise<Played | undefined> {
  const { people, world, made } = stage;
  const request = requestOf(step.action, made, people);
  if (!request) return undefined;
  const call = request.token ? callAs(request.token) : (people[(step.action as { who: number }).who] as Person).call;
  const { status, body } = await call(request.method, request.path, request.body);
  noteMade(step, { status, body }, made);
  const [model, api] = [answerOf(world, step), status < 300 ? `${status}` : `${status} ${body.code}`];
  return { answer: api, difference: model === api ? undefined : { step, what: 'the answer', model, api } };
}

/** What everybody sees after a step: each their own orgs, and the people of the org it was about (with a few outsiders) all of it. */
export async function compareViews(stage: Stage, step: Step, random: () => number): Promise<Difference | undefined> {
  const { people, world, made } = stage;
  const org = orgOf(step, world, made);
  const close = new Set(world.orgs.get(org ?? -1)?.members.keys());
  if ('who' in step.action) close.add(step.action.who);
  for (let outsider = 0; outsider < OUTSIDERS; outsider++) close.add(Math.floor(random() * PEOPLE));
  const seen = await Promise.all(
    people.map(async (_, who) => {
      const about = { who, org: close.has(who) ? org : undefined };
      return { who, model: viewsInModel(world, who, about.org), api: await viewsInApi(people, made, about) };
    }),
  );
  for (const { who, model, api } of seen) {
    const [what] = Object.keys(model).filter((name) => model[name] !== api[name]);
    if (what) return { step, what: `${what}, as person ${who} sees it`, model: `${model[what]}`, api: `${api[what]}` };
  }
  return undefined;
}

function orgOf({ number, action }: Step, { invites }: World, { orgs }: Made): number | undefined {
  if ('org' in action) return action.org;
  if ('secret' in action) return [...invites.values()].find(({ secret }) => secret === action.secret)?.org;
  return action.kind === 'found' && orgs.has(number) ? number : undefined;
}

export interface History {
  steps: Step[];
  answers: Record<string, number>;
  difference: Difference | undefined;
}

/** A random history of so many steps, as far as model and product agree. */
export async function playHistory(project: TestProject, length: number, random: () => number): Promise<History> {
  const stage = newStage(project);
  const known = nothingKnown();
  const history: History = { steps: [], answers: {}, difference: undefined };
  for (let number = 0; number < length; number++) {
    await forgetHaste();
    const step = { number, action: drawAction(known, random) };
    history.steps.push(step);
    const played = await playStep(stage, step);
    if (!played) continue;
    const outcome = `${step.action.kind} ${played.answer}`;
    history.answers[outcome] = (history.answers[outcome] ?? 0) + 1;
    history.difference = played.difference ?? (await compareViews(stage, step, random));
    if (history.difference) return history;
    noteKnown(step, { status: Number(played.answer.slice(0, 3)) }, known);
    for (const org of known.orgs) known.members.set(org, [...(stage.world.orgs.get(org)?.members.keys() ?? [])]);
  }
  return history;
}

/** Steps of a history once more, with new people; what everybody sees is compared after the last one. */
async function replay(project: TestProject, steps: Step[]): Promise<Difference | undefined> {
  const stage = newStage(project);
  for (const step of steps) {
    await forgetHaste();
    const played = await playStep(stage, step);
    if (played?.difference) return played.difference;
  }
  const last = steps.at(-1);
  return last && compareViews(stage, last, () => 0.5);
}

/** The fewest steps found, by leaving out ever smaller pieces, that still end in a difference. */
export async function shrinkHistory(project: TestProject, steps: Step[]): Promise<Step[]> {
  let least = steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = Math.max(0, least.length - 1 - size); start >= 0 && least.length > 1; start -= size) {
      const fewer = [...least.slice(0, start), ...least.slice(start + size)];
      if (fewer.length > 0 && (await replay(project, fewer))) least = fewer;
      if (start === 0) break;
      if (start < size) start = size;
    }
  }
  return least;
}

/** Refusals for haste are tested elsewhere, with a clock; here time is no part of a history. */
function forgetHaste() {
  return db().execute(sql`delete from rate_limits`);
}
