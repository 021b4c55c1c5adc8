import { defineConfig } from '@playwright/test';
import everyday from '../../playwright.config';

/** `npm run screenshots`: a picture of every screen into screenshots/, for a person's eyes. */
export default defineConfig({
  use: everyday.use ?? {},
  testDir: '.',
  testMatch: 'screens.ts',
  workers: 1,
  timeout: 1_200_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../test-results/screenshots',
});
