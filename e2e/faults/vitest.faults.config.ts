import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** FAULTS_ROUNDS sets how many times a process is killed; alone, a few. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root,
    include: ['e2e/faults/**/*.faults.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['e2e/support/test-cluster.ts', 'e2e/races/support/build-replica.ts'],
    // Guards against hanging, not measures: the machine may be slow, and the long form takes an hour.
    testTimeout: process.env.FAULTS_ROUNDS === undefined ? 120_000 : 7_200_000,
    hookTimeout: 120_000,
  },
});
