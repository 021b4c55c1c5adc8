import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const PRODUCT = join(import.meta.dirname, '..', '..', '.next', 'standalone');

test('the gallery of components is for development: the product answers "not found" and holds none of its code', async ({
  request,
}) => {
  expect((await request.get('/gallery')).status()).toBe(404);
  const files = globSync(['.next/**/*.{js,json,html,rsc}', 'server.mjs'], { cwd: PRODUCT }).map((file) => join(PRODUCT, file));
  const holding = files.filter(
    (file) => statSync(file).isFile() && /Pending for ever|gallery\/page/.test(readFileSync(file, 'utf8')),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(holding).toEqual([]);
});
