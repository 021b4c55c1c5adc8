import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';

type Owner = Person & { org: { id: string; slug: string }; tokenId: string };

let project: TestProject;
let owner: Owner;
let member: Person;
/** The secret of an invite of others to the owner. */
let invitation: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  const founder = await newOwner(project);
  const { id } = (await founder.call('POST', `/v1/orgs/${founder.org.id}/tokens`, { label: 'ci' })).body;
  owner = { ...founder, tokenId: id };
  member = newPerson(project);
  await join(owner, member);
  const host = await newOwner(project);
  invitation = (await host.call('POST', `/v1/orgs/${host.org.id}/invites`, { email: owner.email })).body.token;
});

/** Everything a stale token must not do, as [what, request]. */
const SENSITIVE: [string, (owner: Owner, member: Person) => Parameters<Person['call']>][] = [
  ['inviting', ({ org }) => ['POST', `/v1/orgs/${org.id}/invites`, { email: `${randomUUID()}@example.com` }]],
  ['changing a role', ({ org }, { userId }) => ['PATCH', `/v1/orgs/${org.id}/members/${userId}`, { role: 'admin' }]],
  ['removing a member', ({ org }, { userId }) => ['DELETE', `/v1/orgs/${org.id}/members/${userId}`]],
  ['transferring the org', ({ org }, { userId }) => ['POST', `/v1/orgs/${org.id}/transfer`, { user_id: userId }]],
  ['deleting the org', ({ org }) => ['DELETE', `/v1/orgs/${org.id}`, { confirm: org.slug }]],
  ['asking members for a second factor', ({ org }) => ['PATCH', `/v1/orgs/${org.id}`, { mfa_required: false }]],
  ['saying whose addresses it takes', ({ org }) => ['PATCH', `/v1/orgs/${org.id}`, { allowed_email_domains: ['example.com'] }]],
  ['minting a token', ({ org }) => ['POST', `/v1/orgs/${org.id}/tokens`, { label: 'ci' }]],
  ['rotating a token', ({ org, tokenId }) => ['POST', `/v1/orgs/${org.id}/tokens/${tokenId}/rotate`]],
  ['minting a token of the current org', () => ['POST', '/v1/me/tokens', { label: 'ci' }]],
  ['accepting an invite', () => ['POST', `/v1/orgs/invites/${invitation}/accept`]],
  ['founding an org', () => ['POST', '/v1/orgs', { name: 'Another' }]],
];

const answer = (status: number, code: string) => ({ status, body: { code: status, error_code: code, msg: 'no' } });
const account = () => project.accounts.get(owner.token)?.body ?? {};

/** What the auth server says of the person at that moment, and what the API makes of it. */
const ANSWERS: [string, () => { status: number; body: Record<string, unknown> }, number, string][] = [
  ['the session was ended', () => answer(403, 'session_not_found'), 401, 'session_revoked'],
  ['J60 the account was deleted', () => answer(403, 'user_not_found'), 401, 'session_revoked'],
  ['J58 the account is banned', () => answer(403, 'user_banned'), 403, 'user_banned'],
  [
    'the address is not confirmed',
    () => ({ status: 200, body: { ...account(), email_confirmed_at: null } }),
    403,
    'email_not_verified',
  ],
  ['the account is another', () => ({ status: 200, body: { ...account(), id: randomUUID() } }), 401, 'session_revoked'],
  ['it is away', () => answer(503, 'unexpected_failure'), 503, 'auth_provider_unavailable'],
  ['it is busy', () => answer(429, 'over_request_rate_limit'), 503, 'auth_provider_unavailable'],
  [
    'the account has a second factor and the session has not used it',
    () => ({ status: 200, body: { ...account(), factors: [{ id: randomUUID(), status: 'verified', factor_type: 'totp' }] } }),
    403,
    'insufficient_aal',
  ],
];

describe.each(ANSWERS)('when the auth server says that %s', (_title, says, status, code) => {
  test.each(SENSITIVE)(`%s is refused with ${code} and changes nothing`, async (_what, request) => {
    project.accounts.set(owner.token, says());
    const before = await tableChecksum();
    const { status: got, body, headers } = await owner.call(...request(owner, member));
    expect([got, body.code]).toEqual([status, code]);
    if (status === 503) expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await tableChecksum()).toBe(before);
  });

  test('reading goes on by the local check', async () => {
    project.accounts.set(owner.token, says());
    for (const path of ['/v1/me', '/v1/orgs', `/v1/orgs/${owner.org.id}`, `/v1/orgs/${owner.org.id}/members`]) {
      expect((await owner.call('GET', path)).status).toBe(200);
    }
  });
});

describe('an unfinished factor', () => {
  test.each(SENSITIVE)('does not stand in the way of %s', async (_what, request) => {
    const factors = [{ id: randomUUID(), status: 'unverified', factor_type: 'totp' }];
    project.accounts.set(owner.token, { status: 200, body: { ...account(), factors } });
    expect((await owner.call(...request(owner, member))).status).toBeLessThan(300);
  });
});
