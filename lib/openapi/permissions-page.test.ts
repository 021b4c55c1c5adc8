import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { permissionsPage } from './permissions-page';

test('R01 docs/permissions.md says what the tables say', () => {
  const committed = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');
  expect(committed, 'run: npm run docs:permissions').toBe(permissionsPage());
});
