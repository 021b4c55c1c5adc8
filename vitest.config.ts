import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, 'e2e/**', '.next/**', '.node/**', 'dist/**'],
    // chDB serves one folder a process and is not made for threads.
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['e2e/support/test-cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
