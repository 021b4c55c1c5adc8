import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Alone, each case plays a few rounds; `npm run test:races` sets how many. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root,
    include: ['e2e/races/**/*.races.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['e2e/support/test-cluster.ts', 'e2e/races/support/build-replica.ts'],
    // A guard against hanging, not a measure: the machine may be slow, and the long form takes an hour.
    testTimeout: process.env.RACES_ROUNDS === undefined ? 600_000 : 7_200_000,
    hookTimeout: 300_000,
  },
});
