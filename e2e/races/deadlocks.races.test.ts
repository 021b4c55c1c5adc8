import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { drawAction, PEOPLE, type Step } from './model/actions';
import { noteKnown, noteMade, nothingKnown, nothingMade, requestOf } from './model/requests';
import { MINUTES, SEED, seededRandom } from './support/rounds';
import { twoReplicas } from './support/two-replicas';

const { newRacer, holding } = twoReplicas();
const WORKERS = 32;

async function deadlocks(): Promise<number> {
  const counted = sql`select deadlocks::int as number from pg_stat_database where datname = current_database()`;
  const [row] = await db().execute<{ number: number }>(counted);
  return row?.number ?? 0;
}

test(`X20 ${WORKERS} workers do everything at once for ${MINUTES} minutes: no transaction that was undone is told as a 5xx`, async () => {
  const random = seededRandom(SEED);
  const people = Array.from({ length: PEOPLE }, () => newRacer());
  const [made, known] = [nothingMade(), nothingKnown()];
  const statuses: Record<number, number> = {};
  let [number, longestMs] = [0, 0];

  const step = async (one: Step) => {
    const request = requestOf(one.action, made, people);
    if (!request) return;
    const caller = request.token ? holding(request.token) : people[(one.action as { who: number }).who];
    const startedAt = performance.now();
    const answer = await caller?.call(request.method, request.path, request.body);
    if (!answer) return;
    longestMs = Math.max(longestMs, performance.now() - startedAt);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.status >= 500) throw new Error(`${JSON.stringify(one)}: ${JSON.stringify(answer.body)}`);
    noteMade(one, answer, made);
    noteKnown(one, answer, known);
  };
  const endsAt = performance.now() + MINUTES * 60_000;
  const worker = async () => {
    while (performance.now() < endsAt) await step({ number: number++, action: drawAction(known, random) });
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  console.log({ seed: SEED, steps: number, statuses, deadlocks: await deadlocks(), longestMs: Math.round(longestMs) });
  expect(number).toBeGreaterThan(0);
});
