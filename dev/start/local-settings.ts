import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseEnv } from 'node:util';

export interface LocalSettings {
  env: NodeJS.ProcessEnv;
  port: number;
  appUrl: string;
  dataDir: string;
  mode: string;
  /** No Supabase project was named, so the development auth server stands in for one. */
  needsAuthServer: boolean;
  /** A database of this machine is used, which one process at a time may open. */
  embeddedStores: boolean;
  /** Variables that .env sets to something else than the environment, which counts. */
  overruled: string[];
}

/** The environment of a local run: what the shell says, then what .env says, and defaults that let a stranger begin. */
export function localSettings(root: string): LocalSettings {
  const file = join(root, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const overruled = Object.keys(written).filter((name) => (process.env[name] ?? written[name]) !== written[name]);
  if (existsSync(file)) process.loadEnvFile(file);
  const given = process.env;
  const port = Number(given.PORT ?? 3000);
  const appUrl = `http://localhost:${port}`;
  const dataDir = resolve(root, given.PANDASTACK_DATA_DIR ?? '.pandastack');
  const mode = given.PANDASTACK_AUTH_MODE ?? 'supabase';
  const env = {
    PANDASTACK_DASHBOARD_URL: appUrl,
    PANDASTACK_ORG_CREATION: 'anyone',
    PANDASTACK_SIGNUP: 'open',
    ...given,
    PORT: String(port),
    HOSTNAME: bindAddress(given.HOSTNAME),
    PANDASTACK_AUTH_MODE: mode,
    PANDASTACK_DATA_DIR: dataDir,
  };
  const embeddedStores = !given.PANDASTACK_CLICKHOUSE_URL || !(given.PANDASTACK_DATABASE_URL ?? given.PANDASTACK_DB_DSN);
  const needsAuthServer = mode === 'supabase' && !given.SUPABASE_URL;
  return { env, port, appUrl, dataDir, mode, needsAuthServer, embeddedStores, overruled };
}

// Shells and containers set HOSTNAME to the machine's own name, which nobody meant as an address to listen on.
function bindAddress(given: string | undefined): string {
  return !given || given === hostname() ? '127.0.0.1' : given;
}
