import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Hardship, type Replica, type StartingReplica, startReplica } from '@/e2e/races/support/run-replica';
import { callAt, replicaSettings } from '@/e2e/races/support/two-replicas';
import type { Answer, Person } from '@/e2e/support/test-people';
import { newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

/** How often a case with rounds is played: a few times in `npm test`, FAULTS_ROUNDS times in the long form. */
export function roundsOr(few: number): number {
  return Number(process.env.FAULTS_ROUNDS ?? few);
}

/** A Supabase project for one test. */
export async function ownProject(): Promise<TestProject> {
  const project = await startTestProject();
  onTestFinished(project.close);
  return project;
}

/** For a variable that a process is to do without. */
export const UNSET = '(unset)';

/** Lets a process suffer() what support/sufferings.ts knows. */
export const SUFFERS = { NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'sufferings.ts'))}` };

/** A process of the product on a database, gone when the test is; the caller waits for what it needs. */
export function startOn(
  databaseUrl: string,
  project: TestProject,
  env: Record<string, string> = {},
  hardship: Hardship = {},
): StartingReplica {
  const settings = { ...replicaSettings(project, { url: databaseUrl }), PANDASTACK_DATABASE_URL: databaseUrl, ...env };
  const replica = startReplica(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== UNSET)), hardship);
  onTestFinished(async () => {
    replica.kill('SIGKILL');
    await replica.exited;
  });
  return replica;
}

/** startOn(), once it serves. */
export async function runOn(...where: Parameters<typeof startOn>): Promise<Replica> {
  const replica = startOn(...where);
  return { ...replica, url: await replica.ready };
}

/** Somebody of this project whose requests go to this process. */
export function personAt(url: string, project: TestProject): Person {
  const person = newPerson(project);
  return { ...person, call: callAt(() => url, person.token) };
}

/** Asks again and again until the answer is this one; returns after how many milliseconds it was. The test's timeout is the limit. */
export async function until(right: (answer: Answer) => boolean, ask: () => Promise<Answer>): Promise<number> {
  const startedAt = performance.now();
  while (!right(await ask())) await new Promise((resolve) => setTimeout(resolve, 20));
  return performance.now() - startedAt;
}

/** Asks a process without a credential; status 0 stands for no answer. */
export function probeOf(base: string) {
  return async (path: string): Promise<Answer> => {
    const response = await fetch(base + path).catch(() => undefined);
    return { status: response?.status ?? 0, body: await response?.json(), headers: response?.headers ?? new Headers() };
  };
}
