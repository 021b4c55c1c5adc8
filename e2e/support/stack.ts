import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the browser tests find what they test: away from the ports of a person at work on the same machine. */
export const APP_PORT = Number(process.env.E2E_PORT ?? 3900);
export const AUTH_PORT = APP_PORT + 6000;
export const APP_URL = `http://localhost:${APP_PORT}`;
export const AUTH_URL = `http://localhost:${AUTH_PORT}`;
export const DATA_DIR = join(tmpdir(), `pandastack-e2e-${APP_PORT}`);
