import { expect, test } from '@playwright/test';
import { newAccount } from '../support/own-account';
import { type OwnProduct, startOwnProduct } from '../support/own-product';
import type { Session } from '../support/session-cookies';

let one: OwnProduct;
let other: OwnProduct;

test.beforeAll(async () => {
  one = await startOwnProduct({ place: 6 });
  const { url, anonKey, jwtSecret } = one.auth;
  other = await startOwnProduct({
    place: 7,
    env: { SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: jwtSecret },
  });
});
test.afterAll(() => Promise.all([one.stop(), other.stop()]));

/** The session that an answer writes into the browser's cookies. */
function sessionWritten(answer: Response): Session {
  const chunks = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => /auth-token(\.\d+)?=./.test(pair))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const text = chunks.map((pair) => decodeURIComponent(pair.slice(pair.indexOf('=') + 1))).join('');
  return JSON.parse(Buffer.from(text.slice('base64-'.length), 'base64url').toString());
}

test('X16 thirty tabs across two replicas refresh once each at the most, and nobody is signed out', async () => {
  const ada = await newAccount(one);
  const get = (product: OwnProduct, cookie: string) =>
    fetch(`${product.url}/account`, { headers: { cookie }, redirect: 'manual' });
  const due = ada.cookie({ expires_at: 1 });
  const answers = await Promise.all(Array.from({ length: 30 }, (_, tab) => get(tab % 2 ? one : other, due)));
  expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));

  const sessions = answers.map(sessionWritten);
  const tokens = new Set(sessions.map(({ refresh_token }) => refresh_token));
  expect(tokens.size).toBeLessThanOrEqual(2);
  expect(tokens).not.toContain(ada.session.refresh_token);
  // Whichever answer came last, its cookies go on, at either replica and through the next refresh.
  const kept = [...new Map(sessions.map((session) => [session.refresh_token, session])).values()];
  for (const session of kept) {
    for (const product of [one, other]) {
      expect((await get(product, ada.cookie(session))).status).toBe(200);
      expect((await get(product, ada.cookie({ ...session, expires_at: 1 }))).status).toBe(200);
    }
  }
});
