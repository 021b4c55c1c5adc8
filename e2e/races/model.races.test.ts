import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { playHistory, shrinkHistory } from './model/play-history';
import { SEED, STEPS, seededRandom } from './support/rounds';
import { HIGH_LIMITS } from './support/two-replicas';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject(HIGH_LIMITS);
});
afterAll(() => project.close());

test(`I18 ${STEPS} random steps of 20 people in 5 orgs: every answer and what everybody sees is what the model says`, async () => {
  console.log(`seed ${SEED}, ${STEPS} steps`);
  const { steps, answers, difference } = await playHistory(project, STEPS, seededRandom(SEED));
  if (difference) {
    const shortest = await shrinkHistory(project, steps);
    throw new Error(
      [
        `seed ${SEED}, step ${difference.step.number}: ${difference.what}`,
        `model: ${difference.model}`,
        `api:   ${difference.api}`,
      ]
        .concat('The shortest history that shows a difference:', ...shortest.map((step) => JSON.stringify(step)))
        .join('\n'),
    );
  }
  expect(steps).toHaveLength(STEPS);
  console.log(answers);
});
