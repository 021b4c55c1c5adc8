import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';
import { APP_PORT, APP_URL, AUTH_PORT, DATA_DIR } from './e2e/support/stack';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const executablePath = process.env.CHROMIUM ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  // Generous, because nothing here measures speed and the machine may be busy.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_REPORT ?? 'test-results/browser.json' }]],
  outputDir: 'test-results/browser',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: APP_URL,
    trace: 'retain-on-failure',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // What `npm start` runs, on ports and data of its own.
  webServer: {
    // Without a shell in between, so that it notices when Playwright itself is killed.
    command: 'exec node --import tsx e2e/support/start-stack.ts',
    url: `${APP_URL}/readyz`,
    timeout: 600_000,
    reuseExistingServer: false,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: {
      PORT: String(APP_PORT),
      DEV_AUTH_PORT: String(AUTH_PORT),
      PANDASTACK_DATA_DIR: DATA_DIR,
      PANDASTACK_LOG_LEVEL: 'warn',
      DEV_AUTH_SSO_DOMAINS: 'sso.example',
    },
  },
});
