import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Alone, the suite starts the development auth server; with CONTRACT_* variables it judges another server. See README.md. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.contract.test.ts'],
    testTimeout: 20_000,
  },
});
