import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildPages } from '../build';
import { findLeaks, refusePublicSecrets, sentinelEnvironment } from './refuse-leaks';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function product(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-leak-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function serviceKey(role = 'service_role'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ role })}.c2lnbmF0dXJl`;
}

const SENTINELS = sentinelEnvironment();

test.each([
  '.next/static/chunks/a.js',
  '.next/static/chunks/a.js.map',
  '.next/server/app/index.rsc',
  '.next/server/app/index.html',
  '.next/server/app/index.body',
  '.next/server/chunks/ssr/a.js',
  '.next/required-server-files.json',
  'public/settings.json',
  'server.mjs',
  'cli.mjs',
])('B05 a secret of the build environment in %s stops the build', (file) => {
  for (const name of ['SUPABASE_SERVICE_ROLE_KEY', 'SUPABASE_JWT_SECRET', 'PANDASTACK_DATABASE_URL']) {
    const leaking = product({ [file]: `let a="${SENTINELS[name]}"` });
    expect(findLeaks(leaking, {})).toEqual([`${join(leaking, file)}: the value of ${name}`]);
  }
});

test('B05 a secret that the shell of the build held is found by its own value', () => {
  const leaking = product({ '.next/static/a.js': 'x="postgres://panda:hunter2@db/panda"' });
  expect(findLeaks(leaking, { PANDASTACK_DATABASE_URL: 'postgres://panda:hunter2@db/panda' })).toHaveLength(1);
  expect(findLeaks(leaking, {})).toEqual([]);
});

test('B05 a key to a whole project is found wherever it came from, and an anon key is none', () => {
  const at = '.next/static/a.js';
  for (const key of [serviceKey(), serviceKey('supabase_admin'), 'sb_secret_0123456789abcdef'])
    expect(findLeaks(product({ [at]: `k='${key}'` }), {})).toHaveLength(1);
  for (const key of [serviceKey('anon'), 'sb_publishable_0123456789abcdef', 'sb_secret_'])
    expect(findLeaks(product({ [at]: `k='${key}'` }), {})).toEqual([]);
});

test('one build serves every project: an address taken along from the build is found too', () => {
  const tied = product({ '.next/static/a.js': SENTINELS.NEXT_PUBLIC_SUPABASE_URL ?? '' });
  expect(findLeaks(tied, {})).toHaveLength(1);
});

test('B05 a secret under a NEXT_PUBLIC_ name stops the build before it begins, without telling the secret', () => {
  expect(() => refusePublicSecrets({ NEXT_PUBLIC_SUPABASE_ANON_KEY: serviceKey() })).toThrow(/NEXT_PUBLIC_SUPABASE_ANON_KEY/);
  expect(() => refusePublicSecrets({ NEXT_PUBLIC_X: 'sb_secret_0123456789' })).toThrow(/^(?!.*0123456789)/s);
  expect(() => refusePublicSecrets({ NEXT_PUBLIC_SUPABASE_ANON_KEY: serviceKey('anon') })).not.toThrow();
});

test('B05 what Next itself takes along from the environment is found: a public name in a script, a secret in a page made early', () => {
  const reports = join(import.meta.dirname, '..', '..', 'test-results');
  mkdirSync(reports, { recursive: true });
  const app = mkdtempSync(join(reports, 'planted-leak-'));
  made.push(app);
  mkdirSync(join(app, 'app'));
  const files = {
    'package.json': '{"name":"planted-leak","private":true}',
    'app/layout.js': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
    'app/page.js': `import { Leak } from './leak';\nexport default () => <Leak secret={process.env.SUPABASE_SERVICE_ROLE_KEY} />;`,
    'app/leak.js': `'use client';\nexport const Leak = ({ secret }) => <p>{secret} {process.env.NEXT_PUBLIC_SUPABASE_URL}</p>;`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text);
  buildPages('planted', app);
  const leaks = findLeaks(app, {}).map((leak) => leak.slice(app.length + 1));
  expect(leaks).toContainEqual(expect.stringMatching(/^\.next\/static\/.*\.js: the value of NEXT_PUBLIC_SUPABASE_URL$/));
  for (const kind of ['html', 'rsc'])
    expect(leaks).toContain(`.next/server/app/index.${kind}: the value of SUPABASE_SERVICE_ROLE_KEY`);
}, 180_000);
