import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import base from '../../playwright.config';

/** `npm run test:states`: every screen in every state, one after the other over servers of its own. It takes about a quarter of an hour. */
export default defineConfig({
  ...base,
  testDir: fileURLToPath(new URL('.', import.meta.url)),
  testIgnore: [],
  webServer: undefined,
});
