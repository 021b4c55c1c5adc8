import { expect, test } from 'vitest';
import { PERMISSIONS } from '@/lib/access/permissions';
import { API_ROUTES } from '@/server/api-routes.generated';
import { nameOf, permissionOf } from './operation';
import { OPERATIONS } from './operations';

/** Answers every path that has no file of its own, and documents nothing. */
const CATCH_ALL = '/v1/{rest}';

/** Every method of every route.ts below app/v1; that the list holds them all is proven by server/api-routes.test.ts. */
const served = API_ROUTES.map(({ pattern, handlers }) => ({
  path: pattern.replace(/:(\w+)(\{\.\+\})?/g, '{$1}'),
  methods: Object.keys(handlers),
}))
  .filter(({ path }) => path.startsWith('/v1/') && path !== CATCH_ALL)
  .flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));

test('I01 every route has its row, and every row its route', () => {
  expect(OPERATIONS.map(nameOf).sort(), 'add a row to lib/openapi/operations/').toEqual(served.sort());
});

test('R01 every permission is needed somewhere', () => {
  const needed = OPERATIONS.flatMap((operation) => [
    permissionOf(operation),
    ...(operation.also ?? []).map(({ permission }) => permission),
  ]);
  needed.push('sandboxes:use'); // By what the gateway passes on: passed-operations.ts.
  expect([...new Set(needed.filter((permission) => permission !== undefined))].sort()).toEqual(Object.keys(PERMISSIONS).sort());
});
