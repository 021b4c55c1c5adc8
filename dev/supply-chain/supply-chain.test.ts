import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILD_ONLY } from './build-only';

const root = join(import.meta.dirname, '..', '..');
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

interface Locked {
  version: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
  os?: string[];
  cpu?: string[];
}
const manifest = readJson('package.json');
const locked: [path: string, entry: Locked][] = Object.entries(
  readJson('package-lock.json').packages as Record<string, Locked>,
).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const shipped = locked.filter(([, { dev, devOptional }]) => !dev && !devOptional);

/** Permissive licences, and one for fonts. */
const LICENCES = new Set(
  [
    'MIT',
    'MIT-0',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'Apache-2.0',
    'Unlicense',
    'BlueOak-1.0.0',
    'PostgreSQL',
  ].concat('SIL OPEN FONT LICENSE'),
);

/** As the package itself says, where it is installed; else as the lockfile says. */
function licenceOf(path: string, { license }: Locked): string | undefined {
  const file = join(root, path, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).license ?? license) : license;
}

function isAllowed(licence: string): boolean {
  const words = licence.replace(/[()]/g, '');
  if (words.includes(' OR ')) return words.split(' OR ').some((one) => LICENCES.has(one));
  return words.split(' AND ').every((one) => LICENCES.has(one));
}

test('every dependency is named by one exact version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  for (const [name, version] of Object.entries(all)) expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  for (const [name, version] of Object.entries(all)) {
    const entry = locked.find(([path]) => path === `node_modules/${name}`);
    expect(entry?.[1].version, name).toBe(version);
  }
});

test('every package is held by a digest of its content, but for builds for systems the lockfile was not made on', () => {
  const loose = locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
  expect(loose.filter(([, { os, cpu }]) => os === undefined && cpu === undefined).map(([path]) => path)).toEqual([]);
});

test('a package runs a script at installation only where package.json allows it by name', () => {
  const scripted = new Set(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)));
  const judged: Record<string, boolean> = manifest.allowScripts;
  expect([...scripted].filter((name) => !(name in judged))).toEqual([]);
  expect(Object.keys(judged).filter((name) => !scripted.has(name))).toEqual([]);
});

describe('no release with a known hole in what guards the door', () => {
  test.each([
    ['next', [16, 2, 11]],
    ['@supabase/ssr', [0, 10, 0]],
    ['@supabase/auth-js', [2, 70, 0]],
  ] as const)('%s is at least %j', (name, least) => {
    const found = locked.filter(([path]) => nameOf(path) === name);
    expect(found.length).toBeGreaterThan(0);
    for (const [, { version }] of found) {
      const parts = version.split(/[.-]/).map(Number);
      const order = least.map((part, place) => (parts[place] ?? 0) - part).find((difference) => difference !== 0) ?? 0;
      expect(order).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('licences', () => {
  test('what is shipped may be shipped by anybody', () => {
    const unknownHere: string[] = [];
    for (const [path, entry] of shipped) {
      if (BUILD_ONLY.some((pattern) => pattern.test(nameOf(path)))) continue;
      const licence = licenceOf(path, entry);
      if (licence === undefined) unknownHere.push(nameOf(path));
      else expect(isAllowed(licence), `${nameOf(path)}: ${licence}`).toBe(true);
    }
    // Builds of a package for other systems, which the lockfile names without a licence: as their brother that is installed here.
    const families = new Set(
      shipped.filter(([path, entry]) => licenceOf(path, entry)).map(([path]) => nameOf(path).split('/')[0]),
    );
    expect(unknownHere.filter((name) => !families.has(name.split('/')[0]))).toEqual([]);
  });

  test('a copyleft licence is not one of them, a choice between two is', () => {
    for (const licence of ['GPL-3.0', 'LGPL-3.0-or-later', 'MPL-2.0', 'MIT AND GPL-2.0', 'UNLICENSED'])
      expect(isAllowed(licence)).toBe(false);
    for (const licence of ['MIT', '(MIT OR GPL-2.0)', 'MIT AND ISC AND BSD-3-Clause']) expect(isAllowed(licence)).toBe(true);
  });

  test('ours is the one the LICENSE holds', () => {
    expect(manifest.license).toBe('Apache-2.0');
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/Apache License\s+Version 2\.0, January 2004/);
  });
});

test('a secret in a file of this repository is found', () => {
  const reports = join(root, 'test-results');
  mkdirSync(reports, { recursive: true });
  const folder = mkdtempSync(join(reports, 'planted-secret-'));
  // In two parts, or this very file would be one.
  writeFileSync(join(folder, 'settings.txt'), `url=postgres://admin:${'s3cr3t-of-production'}@db.example.org:5432/app\n`);
  const args = [
    '--secretlintrc',
    join(root, '.secretlintrc.json'),
    '--secretlintignore',
    '/dev/null',
    '--maskSecrets',
    'settings.txt',
  ];
  const { status, stdout } = spawnSync(join(root, 'node_modules', '.bin', 'secretlint'), args, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stdout).toContain('PostgreSQLConnection');
  expect(status).toBe(1);
});
