import { afterAll, beforeAll, describe } from 'vitest';
import { type Candidate, candidatesFor, type Profile, type Target } from './target';

type Suite = (target: () => Target) => void;

/** Runs a suite once for every judged server. The target exists from the first test on. */
export function describeContract(title: string, suite: Suite, profile: Profile = 'default'): void {
  const candidates = candidatesFor(profile);
  if (candidates.length === 0) describe.skip(`${title} (needs profile ${profile})`, () => suite(missingTarget));
  for (const candidate of candidates) describeOn(candidate, title, suite);
}

function describeOn(candidate: Candidate, title: string, suite: Suite): void {
  describe(`${title} (${candidate.name})`, () => {
    let running: Awaited<ReturnType<Candidate['start']>> | undefined;
    beforeAll(async () => {
      running = await candidate.start();
    });
    afterAll(() => running?.stop());
    suite(() => running?.target ?? missingTarget());
  });
}

function missingTarget(): never {
  throw new Error('The target exists inside of tests only');
}
