import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const PRODUCT = join(import.meta.dirname, '..', '..', '.next', 'standalone');

test('the gallery of components is for development: the product answers "not found" and holds none of its code', async ({
  request,
}) => {
  expect((await request.get('/gallery')).status()).toBe(404);
  const holding: string[] = [];
  for await (const file of glob(['.next/**/*.{js,json,html,rsc}', 'server.mjs'], { cwd: PRODUCT })) {
    // Next's own lists of what it looked at while it built.
    if (file.endsWith('.nft.json')) continue;
    if (/Pending for ever|gallery\/page/.test(readFileSync(join(PRODUCT, file), 'utf8'))) holding.push(file);
  }
  expect(holding).toEqual([]);
});
