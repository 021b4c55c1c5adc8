import { expect, test, vi } from 'vitest';
import { redirectStrayCallback, type SearchParams } from './stray-callback';

vi.mock('next/navigation', () => ({
  redirect: (target: string) => {
    throw new Error(target);
  },
}));

test.each<[string, SearchParams, string]>([
  ['a code', { code: 'abc', next: '/orgs/acme' }, 'code=abc&next=%2Forgs%2Facme'],
  ['a code with what else came along', { code: 'abc', utm_source: 'mail', access_token: 'x' }, 'code=abc'],
  ['an error', { error: 'server_error', error_code: 'bad_oauth_state' }, 'error=server_error&error_code=bad_oauth_state'],
  ['an error without its words', { error: 'access_denied', error_description: 'Call 0900' }, 'error=access_denied'],
  ['an error code alone', { error_code: 'otp_expired' }, 'error_code=otp_expired'],
  ['half of an e-mail change', { message: 'Confirmation link accepted' }, 'message=Confirmation+link+accepted'],
  ['two codes, which the callback refuses', { code: ['a', 'b'] }, 'code=a&code=b'],
  ['an empty code', { code: '' }, 'code='],
])('C13 %s that arrives at the site’s own address goes on to the callback', (_title, query, carried) => {
  expect(() => redirectStrayCallback(query)).toThrow(new Error(`/auth/callback?${carried}`));
});

test.each<SearchParams>([{}, { next: '/orgs/acme' }, { reason: 'signed_out' }, { state: 'x' }])(
  '%j is no such arrival',
  (query) => {
    expect(() => redirectStrayCallback(query)).not.toThrow();
  },
);
