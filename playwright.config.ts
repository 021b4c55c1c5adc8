import { defineConfig, devices } from '@playwright/test';
import { chromiumPath } from './e2e/support/chromium-path';
import { OIDC_APP_PORT, OIDC_APP_URL, OIDC_DATA_DIR } from './e2e/support/oidc-stack';
import { APP_PORT, APP_URL, AUTH_PORT, DATA_DIR } from './e2e/support/stack';

const executablePath = chromiumPath();

const QUIET = { PANDASTACK_LOG_LEVEL: 'warn' };
const PRODUCT = {
  timeout: 600_000,
  reuseExistingServer: false,
  stdout: 'pipe',
  gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
} as const;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // By a command of its own: npm run test:states.
  testIgnore: '**/states/**',
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
  // What `npm start` runs, on ports and data of its own; once with the auth server, once with a provider of OpenID Connect.
  webServer: [
    {
      ...PRODUCT,
      // Without a shell in between, so that it notices when Playwright itself is killed.
      command: 'exec node --import tsx e2e/support/start-stack.ts',
      url: `${APP_URL}/readyz`,
      env: {
        ...QUIET,
        PORT: String(APP_PORT),
        DEV_AUTH_PORT: String(AUTH_PORT),
        PANDASTACK_DATA_DIR: DATA_DIR,
        DEV_AUTH_SSO_DOMAINS: 'sso.example',
      },
    },
    {
      ...PRODUCT,
      command: 'exec node --import tsx e2e/support/start-oidc-stack.ts',
      url: `${OIDC_APP_URL}/readyz`,
      env: { ...QUIET, PORT: String(OIDC_APP_PORT), PANDASTACK_DATA_DIR: OIDC_DATA_DIR },
    },
  ],
});
