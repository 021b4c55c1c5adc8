import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccount } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';

let one: OwnProduct;
let other: OwnProduct;

beforeAll(async () => {
  // The very same folder twice at once: nothing of a project or a domain is in it.
  one = await startOwnProduct({ place: 9, env: { PANDASTACK_SIGNUP: 'open' } });
  other = await startOwnProduct({ place: 10, env: { PANDASTACK_SIGNUP: 'invite_only' } });
});
afterAll(async () => {
  await one?.stop();
  await other?.stop();
});

const pairs = (): [OwnProduct, OwnProduct][] => [
  [one, other],
  [other, one],
];

test('two projects have secrets, keys and addresses of their own', () => {
  for (const part of ['url', 'anonKey', 'serviceRoleKey', 'jwtSecret'] as const)
    expect(one.auth[part]).not.toBe(other.auth[part]);
  expect(one.url).not.toBe(other.url);
});

test('each page of the one build hands out the configuration of its own project, and nothing of the other', async () => {
  for (const [mine, theirs] of pairs()) {
    for (const path of ['/login', '/signup', '/forgot-password', '/docs', '/']) {
      const html = await (await fetch(mine.url + path)).text();
      if (path === '/login') for (const told of [mine.auth.url, mine.auth.anonKey, mine.url]) expect(html).toContain(told);
      for (const foreign of [theirs.auth.url, theirs.auth.anonKey, theirs.url]) expect(html).not.toContain(foreign);
      for (const { serviceRoleKey, jwtSecret } of [mine.auth, theirs.auth]) {
        expect(html).not.toContain(serviceRoleKey);
        expect(html).not.toContain(jwtSecret);
      }
    }
  }
});

test('the security policy of each page lets it talk to its own project only', async () => {
  for (const [mine, theirs] of pairs()) {
    const policy = (await fetch(`${mine.url}/login`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(mine.auth.url);
    expect(policy).not.toContain(theirs.auth.url);
  }
});

test('each API takes the tokens of its own project and refuses those of the other', async () => {
  for (const [mine, theirs] of pairs()) {
    const { session } = await newAccount(mine);
    const ask = (url: string) => fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${session.access_token}` } });
    expect((await ask(mine.url)).status).toBe(200);
    const refused = await ask(theirs.url);
    expect(refused.status).toBe(401);
    expect((await refused.json()).code).toMatch(/^(invalid_signature|issuer_mismatch)$/);
  }
});

test('a session cookie of the one signs nobody in at the other', async () => {
  for (const [mine, theirs] of pairs()) {
    const account = await newAccount(mine);
    const open = async (url: string) => (await fetch(`${url}/account`, { headers: { cookie: account.cookie() } })).text();
    expect(await open(mine.url)).toContain(account.email);
    const foreign = await open(theirs.url);
    expect(foreign).not.toContain(account.email);
    // The page had begun when the redirect was decided, so it stands in the page.
    expect(foreign).toContain('url=/login?');
  }
});

test('an invite link of each leads to its own domain', async () => {
  for (const [mine] of pairs()) {
    const owner = await newAccount(mine);
    const org = await owner.api('POST', '/orgs', { name: `Org ${randomUUID().slice(0, 8)}` });
    if (mine === other) expect(org.status).toBe(403);
    if (org.status !== 201) continue;
    const invite = await owner.api('POST', `/orgs/${org.body.id}/invites`, { email: `${randomUUID().slice(0, 8)}@example.com` });
    expect(invite.status).toBe(201);
    expect(String(invite.body.invite_url).startsWith(`${mine.url}/`)).toBe(true);
  }
});
