import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** Pages that may be the same bytes for everybody. A page that knows who looks at it must never be here. */
const ALLOWED = ['/_global-error', '/_not-found', '/icon.svg'];

test('C24 the build holds no page that was made before anybody asked for it', () => {
  const manifest = readFileSync(join('.next', 'prerender-manifest.json'), 'utf8');
  const { routes, dynamicRoutes }: { routes: object; dynamicRoutes: object } = JSON.parse(manifest);
  expect(Object.keys(routes).filter((route) => !ALLOWED.includes(route))).toEqual([]);
  expect(dynamicRoutes).toEqual({});
});
