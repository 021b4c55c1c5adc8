import { expect, test } from '@playwright/test';
import { founder } from '../support/person';

test('every page says with its first bytes which font it needs, also the one that is not there', async ({ browser, request }) => {
  const { page, slug } = await founder(browser);
  for (const [who, path, status] of [
    [request, '/login', 200],
    [request, '/nowhere', 404],
    [page.request, `/orgs/${slug}`, 200],
    [page.request, '/orgs/of-somebody-else', 404],
    [page.request, '/nowhere/at/all', 404],
  ] as const) {
    const answer = await who.get(path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(status);
    expect(answer.headers().link, path).toMatch(/Geist_Variable[^>]*\.woff2>; rel=preload; as="font"/);
  }
});
