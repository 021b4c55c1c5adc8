import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites, orgs } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';

const DAY_MS = 86_400_000;

let project: TestProject;
let owner: Awaited<ReturnType<typeof newOwner>>;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
beforeEach(async () => {
  owner = await newOwner(project);
});
afterEach(() => configure({}));
afterAll(() => project.close());

function configure(settings: Record<string, string>): void {
  const supabase = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: TEST_SECRET };
  setConfig({ ...supabase, ...settings });
}

const invite = (email: string, role?: string) => owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email, role });
const allow = (...domains: string[]) => owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { allowed_email_domains: domains });
const accept = (person: Person, { token }: { token: string }) => person.call('POST', `/v1/orgs/invites/${token}/accept`);
const decline = (person: Person, { token }: { token: string }) => person.call('POST', `/v1/orgs/invites/${token}/decline`);
const someone = (domain: string) => `${randomUUID()}@${domain}`;

/** Asks for something that must be refused so, and changes nothing. */
async function expectRefused(ask: () => ReturnType<Person['call']>, code: string): Promise<void> {
  const before = await tableChecksum();
  const { status, body } = await ask();
  expect([status, body.code]).toEqual([403, code]);
  expect([body.error, body.hint]).toEqual([expect.any(String), expect.any(String)]);
  expect(await tableChecksum()).toBe(before);
}

test.each([
  ['as long as the operator says', { PANDASTACK_INVITE_DAYS: '3' }, 3],
  ['for a week when nobody says', {}, 7],
])('V01 an invite works %s, and as long again when it is sent anew', async (_title, settings, days) => {
  configure(settings);
  const made = (await invite(someone('example.com'))).body;
  expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(days * DAY_MS);
  await db()
    .update(orgInvites)
    .set({ expiresAt: new Date(0) })
    .where(eq(orgInvites.id, made.id));
  const again = (await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${made.id}/resend`)).body;
  expect(Date.parse(again.expires_at)).toBeGreaterThan(Date.parse(made.expires_at) - 1);
});

test('an invite without a role gives what the org gives by default; one with a role gives that', async () => {
  expect((await invite(someone('example.com'))).body.role).toBe('member');
  await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { default_invite_role: 'admin' });
  expect((await invite(someone('example.com'))).body.role).toBe('admin');
  expect((await invite(someone('example.com'), 'member')).body.role).toBe('member');
});

describe('an org that names the domains of its people', () => {
  test('invites no other address, neither of a subdomain nor of a name that ends alike', async () => {
    await allow('example.com');
    for (const domain of ['example.org', 'sub.example.com', 'notexample.com', 'example.com.evil.example']) {
      await expectRefused(() => invite(someone(domain)), 'email_domain_not_allowed');
    }
    expect((await invite(someone('EXAMPLE.com'))).status).toBe(201);
  });

  test('lets in nobody by an invite from before, nor sends it anew; naming no domain opens it again', async () => {
    const guest = newPerson(project, { email: someone('example.org') });
    const { body } = await invite(guest.email);
    await allow('example.com');
    await expectRefused(() => accept(guest, body), 'email_domain_not_allowed');
    await expectRefused(
      () => owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${body.id}/resend`),
      'email_domain_not_allowed',
    );
    await allow();
    expect((await accept(guest, body)).status).toBe(200);
  });
});

describe('V12 somebody whose address only single sign-on vouches for', () => {
  const bySso = (email: string) => newPerson(project, { email, account: { app_metadata: { provider: `sso:${randomUUID()}` } } });

  test('joins no org that did not name the domain, and neither sees nor declines its invite', async () => {
    const guest = bySso(someone('example.com'));
    const { body } = await invite(guest.email);
    await expectRefused(() => accept(guest, body), 'sso_not_trusted');
    await expectRefused(() => decline(guest, body), 'sso_not_trusted');
    expect((await guest.call('GET', '/v1/me/invites')).body.items).toEqual([]);
    const proven = newPerson(project, { email: guest.email });
    expect((await proven.call('GET', '/v1/me/invites')).body.items).toHaveLength(1);
    expect((await accept(proven, body)).status).toBe(200);
  });

  test('joins an org that named it', async () => {
    await allow('example.net', 'example.com');
    const guest = bySso(someone('example.com'));
    const { body } = await invite(guest.email);
    expect((await guest.call('GET', '/v1/me/invites')).body.items).toHaveLength(1);
    expect((await accept(guest, body)).status).toBe(200);
  });

  test('is not told of the org by what its token claims', async () => {
    const guest = newPerson(project, {
      claims: { app_metadata: { provider: 'email' } },
      account: { app_metadata: { provider: 'email', providers: ['email', 'sso:1'] } },
    });
    const { body } = await invite(guest.email);
    await expectRefused(() => accept(guest, body), 'sso_not_trusted');
  });
});

test('an org that ends between invite and answer takes its settings and invites with it', async () => {
  const guest = newPerson(project);
  const { body } = await invite(guest.email);
  await db().delete(orgs).where(eq(orgs.id, owner.org.id));
  expect((await accept(guest, body)).body.code).toBe('invite_not_found');
});
