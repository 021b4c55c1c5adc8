import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
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
