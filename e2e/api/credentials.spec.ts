import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { accessTokenOf, bearer, signedUp } from '../support/person';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

function sign(claims: object, secret: string): string {
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test('the API tells each wrong credential what it is', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const person = await signedUp(browser);
  const token = await accessTokenOf(person);
  const codeFor = async (credential: string) => {
    const response = await bearer(request, credential)('GET', '/v1/me');
    return [response.status(), (await response.json()).code];
  };
  expect((await bearer(request, token)('GET', '/v1/me')).status()).toBe(200);

  // The anon key is what the page itself hands to every browser.
  const anonKey = (await person.page.content()).match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/)?.[0] ?? '';
  expect(claimsOf(anonKey).role).toBe('anon');
  // And the only credential it hands out.
  for (const path of ['/', '/login', '/signup', '/orgs/new']) {
    const html = await (await person.context.request.get(path)).text();
    const credentials = new Set(html.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+|sb_secret_\w+/g));
    expect([...credentials]).toEqual([anonKey]);
  }
  expect(await codeFor(anonKey)).toEqual([401, 'anon_key_used']);

  expect(await codeFor(sign(claimsOf(token), 'another-secret-of-the-right-length-0123456789'))).toEqual([
    401,
    'invalid_signature',
  ]);
  expect(await codeFor(sign({ ...claimsOf(token), iss: 'https://other.supabase.co/auth/v1' }, 'another-secret'))).toEqual([
    401,
    'issuer_mismatch',
  ]);
  expect(await codeFor('pds_local_dev_token')).toEqual([401, 'local_token_refused']);
  const missing = await request.get('/v1/me', {
    headers: { cookie: (await person.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') },
  });
  expect([missing.status(), (await missing.json()).code]).toEqual([401, 'missing_token']);
});
