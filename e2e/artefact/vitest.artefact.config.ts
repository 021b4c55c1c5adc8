import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What ships, started the way it ships: copied elsewhere, on a disk it cannot write, as nobody. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root,
    include: ['e2e/artefact/**/*.artefact.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    globalSetup: ['e2e/artefact/support/build-product.ts'],
    // A guard against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
