import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { orgInvites, orgs } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { mayMailRecipient } from '@/lib/limits/limit-rate';
import { getInviteBySecret } from './find-invite';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject({ PANDASTACK_INVITE_DAYS: '3', PANDASTACK_MAX_OPEN_INVITES_PER_ORG: '5' });
});
afterAll(() => project.close());

const invite = (owner: Person & { org: { id: string } }, email: string, role?: string) =>
  owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email, role });
const accept = (guest: Person, token: string) => guest.call('POST', `/v1/orgs/invites/${token}/accept`);
const setOrg = (id: string, values: Partial<typeof orgs.$inferInsert>) => db().update(orgs).set(values).where(eq(orgs.id, id));
const fromSso = (guest: Person) => {
  const account = project.accounts.get(guest.token);
  if (account) account.body.app_metadata = { provider: 'sso:8e1d', providers: ['sso:8e1d'] };
};

test('an invite lasts as long as the operator says and gives the org’s default role', async () => {
  const owner = await newOwner(project);
  await setOrg(owner.org.id, { defaultInviteRole: 'admin' });
  const { body } = await invite(owner, 'grace@example.com');
  expect(body.role).toBe('admin');
  const days = (Date.parse(body.expires_at) - Date.parse(body.created_at)) / 86_400_000;
  expect(days).toBeCloseTo(3, 5);
});

test('only addresses of the org’s domains are invited, and accept', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const { body } = await invite(owner, guest.email);
  await setOrg(owner.org.id, { allowedEmailDomains: ['acme.example'] });
  expect((await invite(owner, 'eve@sub.acme.example')).body.code).toBe('email_domain_not_allowed');
  expect(await accept(guest, body.token)).toMatchObject({ status: 403, body: { code: 'email_domain_not_allowed' } });
  expect((await invite(owner, 'eve@ACME.example')).status).toBe(201);
  await setOrg(owner.org.id, { allowedEmailDomains: [] });
  expect((await accept(guest, body.token)).status).toBe(200);
});

test('V12 an address that single sign-on asserts opens only an org that named its domain', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  fromSso(guest);
  const { body } = await invite(owner, guest.email);
  expect(await accept(guest, body.token)).toMatchObject({ status: 403, body: { code: 'sso_not_allowed' } });
  await setOrg(owner.org.id, { allowedEmailDomains: ['example.com'] });
  expect((await accept(guest, body.token)).status).toBe(200);
});

test('V12 whom an org does not believe neither sees nor declines its invite', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const proven = newPerson(project, { email: guest.email });
  fromSso(guest);
  const { body } = await invite(owner, guest.email);
  const seenBy = async (person: Person) => (await person.call('GET', '/v1/me/invites')).body.items.length;
  expect([await seenBy(guest), await seenBy(proven)]).toEqual([0, 1]);
  const before = await tableChecksum();
  const declined = await guest.call('POST', `/v1/orgs/invites/${body.token}/decline`);
  expect([declined.status, declined.body.code]).toEqual([403, 'sso_not_allowed']);
  expect(await tableChecksum()).toBe(before);
  await setOrg(owner.org.id, { allowedEmailDomains: ['example.com'] });
  expect(await seenBy(guest)).toBe(1);
});

test('V13 an invite is open until its very second, by the clock of the database', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const { body } = await invite(owner, guest.email);
  const end = (by: string) =>
    db()
      .update(orgInvites)
      .set({ expiresAt: sql`now() + ${by}::interval` })
      .where(eq(orgInvites.id, body.id));
  for (const [by, state] of [
    ['1 second', 'open'],
    ['0 seconds', 'expired'],
    ['-1 second', 'expired'],
  ] as const) {
    // Within a transaction the clock of the database stands still, so that the boundary is met exactly.
    await db().transaction(async (tx) => {
      await tx
        .update(orgInvites)
        .set({ expiresAt: sql`now() + ${by}::interval` })
        .where(eq(orgInvites.id, body.id));
      expect((await getInviteBySecret(body.token, tx)).state).toBe(state);
    });
  }
  await end('-1 second');
  expect(await accept(guest, body.token)).toMatchObject({ status: 410, body: { code: 'invite_expired' } });
  await end('60 seconds');
  expect((await accept(guest, body.token)).status).toBe(200);
});

test('V20 V21 of many invites at once as many stand as the org may have open', async () => {
  const owner = await newOwner(project);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => invite(owner, `p${i}@example.com`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
  expect(answers.filter(({ body }) => body.code === 'invite_limit')).toHaveLength(7);
});

test('V21 an org that invites and withdraws without end is told to wait', async () => {
  const owner = await newOwner(project);
  const old = Array.from({ length: 120 }, (_, i) => ({
    tokenHash: `${owner.org.id}${i}`,
    orgId: owner.org.id,
    email: `old${i}@example.com`,
    role: 'member',
    invitedBy: owner.userId,
    expiresAt: sql`now() + interval '1 day'`,
    revokedAt: sql`now()`,
  }));
  await db().insert(orgInvites).values(old);
  const answer = await invite(owner, 'one-more@example.com');
  expect([answer.status, answer.body.code]).toEqual([429, 'rate_limited']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('V21 one mailbox gets five invitation mails a day, from however many orgs at once', async () => {
  const { email } = newPerson(project);
  const granted = await Promise.all(Array.from({ length: 50 }, (_, i) => mayMailRecipient(i % 2 ? email : email.toUpperCase())));
  expect(granted.filter(Boolean)).toHaveLength(5);
});

test('V21 an invite is resent once a minute, and a refused try leaves its link alive', async () => {
  const owner = await newOwner(project);
  const guest = newPerson(project);
  const { body } = await invite(owner, guest.email);
  const resend = () => owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${body.id}/resend`);
  const answers = await Promise.all(Array.from({ length: 10 }, resend));
  const fresh = answers.filter(({ status }) => status === 200);
  expect(fresh).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 429 && body.code === 'rate_limited')).toHaveLength(9);
  expect((await accept(guest, fresh[0]?.body.token)).status).toBe(200);
});

test('V21 an invite that ran out comes back only where one more may be open', async () => {
  const owner = await newOwner(project);
  const { body } = await invite(owner, 'late@example.com');
  await db().update(orgInvites).set({ expiresAt: sql`now()` }).where(eq(orgInvites.id, body.id));
  const others = await Promise.all(Array.from({ length: 5 }, (_, i) => invite(owner, `p${i}@example.com`)));
  const resend = (id: string) => owner.call('POST', `/v1/orgs/${owner.org.id}/invites/${id}/resend`);
  const before = await tableChecksum();
  expect((await resend(body.id)).body.code).toBe('invite_limit');
  expect(await tableChecksum()).toBe(before);
  expect((await resend(others[0]?.body.id)).status).toBe(200);
  await owner.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${others[1]?.body.id}`);
  expect((await resend(body.id)).status).toBe(200);
});

test('of a list each address stands by itself, in its order', async () => {
  const owner = await newOwner(project);
  const list = [
    { email: 'a@example.com' },
    { email: 'nonsense' },
    { email: 'A@example.com' },
    { email: 'b@example.com', role: 'admin' },
  ];
  const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/batch`, { invites: list });
  expect(status).toBe(200);
  expect(body.items.map((item: { status: number }) => item.status)).toEqual([201, 400, 409, 201]);
  expect(body.items[2].error.code).toBe('invite_exists');
  expect(body.items[3].invite).toMatchObject({ role: 'admin', email_sent: false });
  const many = Array.from({ length: 101 }, (_, i) => ({ email: `m${i}@example.com` }));
  expect((await owner.call('POST', `/v1/orgs/${owner.org.id}/invites/batch`, { invites: many })).status).toBe(400);
});
