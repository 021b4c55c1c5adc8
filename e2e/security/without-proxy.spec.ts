import { expect, test } from '@playwright/test';
import { newAccount, type OwnAccount, tokenLike } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import { productWithoutProxy } from '../support/product-without-proxy';
import { DATA_DIR } from '../support/stack';

// One product for the whole file, so one worker after another.
test.describe.configure({ mode: 'default' });

const PAGES = ['', '/members', '/tokens', '/audit', '/settings'];
const ORG = 'Secret Engines';
let product: OwnProduct;
let ada: OwnAccount;
let org: { id: string; slug: string };

test.beforeAll(async () => {
  product = await startOwnProduct({ place: 2, folder: productWithoutProxy(`${DATA_DIR}-without-proxy`) });
  ada = await newAccount(product);
  const { body } = await ada.api('POST', '/orgs', { name: ORG });
  org = { id: body.id ?? '', slug: body.slug ?? '' };
});
test.afterAll(() => product.stop());

async function get(path: string, cookie = '', headers: Record<string, string> = {}) {
  const response = await fetch(product.url + path, { headers: { cookie, ...headers }, redirect: 'manual' });
  return {
    status: response.status,
    location: response.headers.get('location'),
    headers: response.headers,
    text: await response.text(),
  };
}

async function invite(person: OwnAccount, role: 'member' | 'admin'): Promise<void> {
  const { body } = await ada.api('POST', `/orgs/${org.id}/invites`, { email: person.email, role });
  expect((await person.api('POST', `/orgs/invites/${body.token}/accept`)).status).toBe(200);
}

test('C32 proxy.ts is really gone from this product, and its member sees every page all the same', async () => {
  expect((await get('/login')).headers.get('content-security-policy')).toBeNull();
  for (const page of PAGES) {
    const answer = await get(`/orgs/${org.slug}${page}`, ada.cookie());
    expect([page, answer.status]).toEqual([page, 200]);
    expect(answer.text).toContain(ORG);
  }
});

test('C32 without it, strangers still end at the sign-in page, whatever they send', async () => {
  const now = Math.floor(Date.now() / 1000);
  const { jwtSecret } = product.auth;
  const cookies: [string, string][] = [
    ['nothing', ''],
    ['garbage', ada.cookie({ access_token: 'x' })],
    ['an expired token', ada.cookie({ access_token: tokenLike(ada, { iat: now - 7200, exp: now - 3600 }, jwtSecret) })],
    ['a token signed by another', ada.cookie({ access_token: tokenLike(ada, {}, `not ${jwtSecret}`) })],
    [
      'a token of another project',
      ada.cookie({ access_token: tokenLike(ada, { iss: 'https://other.example/auth/v1' }, jwtSecret) }),
    ],
    ['the key everybody has', ada.cookie({ access_token: product.auth.anonKey })],
  ];
  for (const [name, cookie] of cookies) {
    for (const path of [...PAGES.map((page) => `/orgs/${org.slug}${page}`), '/orgs/new', '/account', '/account/sessions']) {
      const { status, location, text } = await get(path, cookie);
      // A page that had begun to answer cannot change its status any more and leads away by a meta tag.
      const target = location ?? /http-equiv="refresh" content="\d+;url=([^"]+)"/.exec(text)?.[1];
      expect([name, path, status, target]).toEqual([name, path, expect.any(Number), expect.stringMatching(/^\/login/)]);
      expect([text.includes(ORG), text.includes(ada.email)]).toEqual([false, false]);
    }
  }
});

test('C32 without it, an outsider cannot tell an org of others from one that does not exist', async () => {
  const mallory = await newAccount(product);
  await mallory.api('POST', '/orgs', { name: 'Mallory and sons' });
  const tricks: Record<string, string>[] = [{}, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }];
  for (const headers of tricks) {
    for (const path of [org.slug, org.id, 'no-such-org'].flatMap((name) => PAGES.map((page) => `/orgs/${name}${page}`))) {
      const answer = await get(path, mallory.cookie(), headers);
      expect([path, headers, answer.status]).toEqual([path, headers, 404]);
      expect(answer.text).not.toContain(ORG);
      expect(answer.text).not.toContain(ada.email);
    }
  }
});

test('C32 without it, what the browser fetches between pages tells an outsider nothing either', async () => {
  const mallory = await newAccount(product);
  const fetched = async (page: string, cookie: string) => {
    const response = await fetch(`${product.url}/orgs/${org.slug}${page}`, { headers: { cookie, rsc: '1' } });
    expect(response.headers.get('content-type')).toContain('text/x-component');
    return response.text();
  };
  for (const page of PAGES) {
    expect(await fetched(page, ada.cookie())).toContain(ORG);
    expect(await fetched(page, mallory.cookie())).not.toContain(ORG);
  }
});

test('C32 without it, a member who was removed is an outsider at once', async () => {
  const grace = await newAccount(product);
  await invite(grace, 'admin');
  for (const page of PAGES) expect((await get(`/orgs/${org.slug}${page}`, grace.cookie())).status).toBe(200);
  const { body } = await grace.api('GET', '/me');
  expect((await ada.api('DELETE', `/orgs/${org.id}/members/${body.user_id ?? body.id}`)).status).toBeLessThan(300);
  for (const page of PAGES) {
    const answer = await get(`/orgs/${org.slug}${page}`, grace.cookie());
    expect([page, answer.status]).toEqual([page, 404]);
    expect(answer.text).not.toContain(ORG);
  }
});
