import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from '@/lib/config-variables';
import { ERROR_CODES } from '@/lib/errors';
import { AUTH_SERVER_VARIABLES } from './artefact/auth-server-variables';
import { configurationPage } from './configuration-page';
import { troubleshootingPage } from './troubleshooting-page';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('docs/configuration.md says what .env.example and the schema say', () => {
  const page = read('docs/configuration.md');
  expect(page).toBe(configurationPage(read('.env.example')));
  for (const name of VARIABLES) expect(page).toContain(`| \`${name}\` |`);
});

test('docs/troubleshooting.md names every refusal and every finding of the doctor', () => {
  const page = read('docs/troubleshooting.md');
  expect(page, 'run: npm run docs:troubleshooting').toBe(troubleshootingPage(root));
  for (const code of ERROR_CODES) expect(page).toContain(`| \`${code}\` |`);
  for (const id of ['auth.clock', 'auth.anonymous', 'database.exposed', 'config.unknown.NAME', 'mail', 'orgs.none']) {
    expect(page).toContain(`| \`${id}\` |`);
  }
});

describe.each([
  ...globSync('docs/*.md', { cwd: root }),
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  '.github/workflows/ci.yml',
])('%s', (file) => {
  const text = read(file);

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path]) => String(path));
    expect(links.filter((path) => !existsSync(join(root, dirname(file), path)))).toEqual([]);
  });

  test('names scripts, variables and compose files that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const called = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name]) => String(name));
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
    const set = [...text.matchAll(/\b((?:PANDASTACK|SUPABASE|NEXT_PUBLIC|GOTRUE)_[A-Z0-9_]*[A-Z0-9])=/g)].map(([, name]) =>
      String(name),
    );
    expect(set.filter((name) => ![...VARIABLES, ...AUTH_SERVER_VARIABLES].includes(name))).toEqual([]);
    const folders = [...text.matchAll(/\bdeploy\/[\w-]+/g)].map(([path]) => path);
    expect(folders.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
