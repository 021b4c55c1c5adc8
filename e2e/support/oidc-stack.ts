import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_PORT } from './stack';

/** Where the product in oidc mode and its provider stand, beside the ordinary stack. */
export const OIDC_APP_PORT = APP_PORT + 1;
export const OIDC_APP_URL = `http://localhost:${OIDC_APP_PORT}`;
export const PROVIDER_PORT = APP_PORT + 2;
export const PROVIDER_URL = `http://localhost:${PROVIDER_PORT}`;
export const CONTROL_URL = `http://localhost:${APP_PORT + 3}`;
export const OIDC_DATA_DIR = join(tmpdir(), `pandastack-e2e-oidc-${APP_PORT}`);
export const OIDC_CLIENT = { id: 'pandastack', secret: 'a-secret-of-the-tests' };
