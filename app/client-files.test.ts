import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FROM_OURS = /^import\s+(?!type\b)([^;]*?)\s+from\s+'(@\/[^']+)'/gms;
/** What code that runs in a browser may take values from; types vanish in the build and may come from anywhere. */
const ALLOWED =
  /^@\/(app\/|messages\/|lib\/api-client\/|lib\/public-config$|lib\/supabase\/(browser-client|needs-second-factor)$|lib\/page\/(safe|remembered)-next$)/;

const clientFiles = globSync('{app,lib}/**/*.{ts,tsx}').filter((file) => /^['"]use client['"]/m.test(readFileSync(file, 'utf8')));

function serverValuesOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(FROM_OURS)].flatMap(([, names = '', from = '']) => {
    const onlyTypes =
      /^\{/.test(names) &&
      names
        .replace(/[{}\n]/g, ' ')
        .split(',')
        .every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return ALLOWED.test(from) || onlyTypes ? [] : [`${file} takes ${names.trim()} from ${from}`];
  });
}

test('there are client files to look at', () => {
  expect(clientFiles.length).toBeGreaterThan(10);
});

test('code that runs in browsers takes values from the API client, the components and the public configuration alone', () => {
  expect(clientFiles.flatMap(serverValuesOf)).toEqual([]);
});
