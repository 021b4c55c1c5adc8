import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';
import { REMOTE_ADDRESS_HEADER } from '@/lib/auth/request-origin';
import { LIMITS, type LimitedAction, limitRate } from './limit-rate';

type Owner = Person & { org: { id: string } };

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterEach(() => trustProxies(0));
afterAll(() => project.close());

function trustProxies(count: number): void {
  const supabase = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: TEST_SECRET };
  setConfig({ ...supabase, PANDASTACK_TRUSTED_PROXIES: String(count) });
}

const email = () => `${randomUUID()}@example.com`;
const ROUTES: [string, LimitedAction, (owner: Owner) => [string, unknown]][] = [
  ['founding orgs', 'orgs:create', () => ['/v1/orgs', { name: 'One more' }]],
  ['minting tokens', 'tokens:create', ({ org }) => [`/v1/orgs/${org.id}/tokens`, { label: 'ci' }]],
  ['minting tokens of the current org', 'tokens:create', () => ['/v1/me/tokens', { label: 'ci' }]],
  ['inviting', 'invites:send', ({ org }) => [`/v1/orgs/${org.id}/invites`, { email: email() }]],
  ['inviting by the older path', 'invites:send', ({ org }) => [`/v1/orgs/${org.id}/members`, { email: email() }]],
];

describe.each(ROUTES)('N25 %s', (_name, action, request) => {
  test('too often is refused with the time to wait, and changes nothing', async () => {
    const owner = await newOwner(project);
    const { perUser = 0 } = LIMITS[action] as { perUser?: number };
    expect(perUser).toBeGreaterThan(0);
    await Promise.allSettled(Array.from({ length: perUser }, () => limitRate(action, { ...owner, origin: { ip: '' } })));
    const before = await tableChecksum();
    const { status, body, headers } = await owner.call('POST', ...request(owner));
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await tableChecksum()).toBe(before);
    const other = await newOwner(project);
    expect((await other.call('POST', ...request(other))).status).toBe(201);
  });
});

describe('N25 a client that keeps trying invite links which lead nowhere', () => {
  const { perAddress } = LIMITS['invites:guess'];
  const guess = (headers: Record<string, string>) =>
    callAs(null)('GET', `/v1/invites/${randomUUID()}${randomUUID()}`, undefined, headers);
  const guessUntilLimited = async (headersOf: (n: number) => Record<string, string>) => {
    for (let n = 0; n < perAddress; n++) expect((await guess(headersOf(n))).status).toBe(404);
  };

  test('is told to wait, by every route that takes one, and the right link opens all the same', async () => {
    const address = { [REMOTE_ADDRESS_HEADER]: '203.0.113.40' };
    const [owner, guest] = [await newOwner(project), newPerson(project)];
    const invite = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: guest.email });
    await guessUntilLimited(() => address);
    const before = await tableChecksum();
    const refused = await guess(address);
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    for (const verb of ['accept', 'decline']) {
      const path = `/v1/orgs/invites/${randomUUID()}/${verb}`;
      expect((await guest.call('POST', path, undefined, address)).status).toBe(429);
    }
    expect(await tableChecksum()).toBe(before);
    const path = `/v1/orgs/invites/${invite.body.token}/accept`;
    expect((await callAs(null)('GET', `/v1/invites/${invite.body.token}`, undefined, address)).status).toBe(200);
    expect((await guest.call('POST', path, undefined, address)).status).toBe(200);
  });

  test('does not become another by what it writes into X-Forwarded-For and its relatives', async () => {
    const forged = (n: number) => ({
      [REMOTE_ADDRESS_HEADER]: '203.0.113.41',
      'x-forwarded-for': `198.51.100.${n}`,
      'x-real-ip': `198.51.100.${n}`,
      forwarded: `for=198.51.100.${n}`,
      'cf-connecting-ip': `198.51.100.${n}`,
    });
    await guessUntilLimited(forged);
    expect((await guess(forged(200))).status).toBe(429);
  });

  test('behind a trusted proxy is who the proxy says, whatever it wrote before', async () => {
    trustProxies(1);
    const seenByProxy = (client: string, n: number) => ({
      [REMOTE_ADDRESS_HEADER]: '10.0.0.1',
      'x-forwarded-for': `198.51.100.${n}, ${client}`,
    });
    await guessUntilLimited((n) => seenByProxy('203.0.113.42', n));
    expect((await guess(seenByProxy('203.0.113.42', 200))).status).toBe(429);
    expect((await guess(seenByProxy('203.0.113.43', 200))).status).toBe(404);
  });
});
