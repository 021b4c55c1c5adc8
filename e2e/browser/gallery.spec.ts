import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const PRODUCT = join(import.meta.dirname, '..', '..', '.next', 'standalone');

test('the gallery of components is for development: the product answers "not found" and holds none of its code', async ({
  request,
}) => {
  expect((await request.get('/gallery')).status()).toBe(404);
  const files = globSync(['.next/**/*.{js,mjs,html,rsc}', 'server.mjs', '**/*.dev.*'], { cwd: PRODUCT }).map((file) =>
    join(PRODUCT, file),
  );
  // Words of the gallery's own; traces of the build name its file, but no file of that name is there.
  const holding = files.filter(
    (file) => statSync(file).isFile() && (/\.dev\./.test(file) || readFileSync(file, 'utf8').includes('Pending for ever')),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(holding).toEqual([]);
});
