import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { type Answer, newOwner, newPerson } from '@/e2e/support/test-people';
import { setConfig, startTestProject, TEST_SECRET, type TestProject } from '@/e2e/support/test-project';
import { SUBJECT_LIMITS } from '@/lib/limits/count-in-transaction';

type Owner = Awaited<ReturnType<typeof newOwner>>;

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterEach(() => configure({}));
afterAll(() => project.close());

function configure(settings: Record<string, string>): void {
  const supabase = { SUPABASE_URL: project.url, SUPABASE_ANON_KEY: project.anonKey, SUPABASE_JWT_SECRET: TEST_SECRET };
  setConfig({ ...supabase, ...settings });
}

const address = () => `${randomUUID()}@example.com`;
const invite = ({ call, org }: Owner, email = address()) => call('POST', `/v1/orgs/${org.id}/invites`, { email });
const resend = ({ call, org }: Owner, id: string) => call('POST', `/v1/orgs/${org.id}/invites/${id}/resend`);
const counts = (subject: string) => sql`key like ${`invites:%:${subject}`}`;
const setCount = (subject: string, points: number) =>
  db().execute(sql`update rate_limits set points = ${points} where ${counts(subject)}`);
const endWindow = (subject: string) => db().execute(sql`update rate_limits set expire = 1 where ${counts(subject)}`);

async function expectTooOften(ask: () => Promise<Answer>, withinS: number): Promise<void> {
  const before = await tableChecksum();
  const { status, body, headers } = await ask();
  expect([status, body.code]).toEqual([429, 'rate_limited']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(withinS);
  expect(await tableChecksum()).toBe(before);
}

describe('V21 the open invites of an org', () => {
  test('are as many as the operator allows, however many are asked for at once', async () => {
    configure({ PANDASTACK_MAX_OPEN_INVITES_PER_ORG: '3' });
    const owner = await newOwner(project);
    const answers = await Promise.all(Array.from({ length: 10 }, () => invite(owner)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'invite_limit')).toHaveLength(7);
    const before = await tableChecksum();
    const { status, body } = await invite(owner);
    expect([status, body.code, body.hint]).toEqual([
      409,
      'invite_limit',
      expect.stringContaining('PANDASTACK_MAX_OPEN_INVITES_PER_ORG'),
    ]);
    expect(await tableChecksum()).toBe(before);
  });

  test('make room by ending; one that ran out comes back only where there is room', async () => {
    configure({ PANDASTACK_MAX_OPEN_INVITES_PER_ORG: '1' });
    const owner = await newOwner(project);
    const first = (await invite(owner)).body;
    await db().execute(sql`update org_invites set expires_at = now() where id = ${first.id}`);
    const second = (await invite(owner)).body;
    expect((await resend(owner, first.id)).body.code).toBe('invite_limit');
    await owner.call('DELETE', `/v1/orgs/${owner.org.id}/invites/${second.id}`);
    expect((await resend(owner, first.id)).status).toBe(200);
  });
});

describe('V21 invitations sent by', () => {
  test('one org in a minute are limited over all its people, and other orgs are not', async () => {
    const owner = await newOwner(project);
    await invite(owner);
    await setCount(owner.org.id, SUBJECT_LIMITS['invites:org'].most - 1);
    expect((await invite(owner)).status).toBe(201);
    await expectTooOften(() => invite(owner), 60);
    expect((await invite(await newOwner(project))).status).toBe(201);
    await endWindow(owner.org.id);
    expect((await invite(owner)).status).toBe(201);
  });

  test('fifty orgs at once to one address stop, however it is written', async () => {
    const victim = address();
    const owners = await Promise.all(Array.from({ length: 50 }, () => newOwner(project)));
    const answers = await Promise.all(owners.map((owner, n) => invite(owner, n % 2 ? victim : victim.toUpperCase())));
    const { most, windowS } = SUBJECT_LIMITS['invites:recipient'];
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(most);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(50 - most);
    const late = owners[answers.findIndex(({ status }) => status === 429)] as Owner;
    await expectTooOften(() => invite(late, victim), windowS);
    expect((await invite(late)).status).toBe(201);
    await endWindow(victim);
    expect((await invite(late, victim)).status).toBe(201);
  });

  test('sending one anew count for its address too', async () => {
    const [owner, other, victim] = [await newOwner(project), await newOwner(project), address()];
    const { id } = (await invite(owner, victim)).body;
    await setCount(victim, SUBJECT_LIMITS['invites:recipient'].most - 1);
    expect((await resend(owner, id)).status).toBe(200);
    await expectTooOften(() => invite(other, victim), SUBJECT_LIMITS['invites:recipient'].windowS);
  });
});

test('V21 an invite is sent anew once a minute, of many who ask at once by one, and the refused leave its link alone', async () => {
  const [owner, guest] = [await newOwner(project), newPerson(project)];
  const { id } = (await invite(owner, guest.email)).body;
  const answers = await Promise.all(Array.from({ length: 8 }, () => resend(owner, id)));
  const sent = answers.filter(({ status }) => status === 200);
  expect(sent).toHaveLength(1);
  await expectTooOften(() => resend(owner, id), 60);
  await endWindow(id);
  const again = await resend(owner, id);
  expect(again.status).toBe(200);
  expect((await guest.call('POST', `/v1/orgs/invites/${sent[0]?.body.token}/accept`)).body.code).toBe('invite_not_found');
  expect((await guest.call('POST', `/v1/orgs/invites/${again.body.token}/accept`)).status).toBe(200);
});

test('what is refused for another reason is not counted', async () => {
  const [owner, victim] = [await newOwner(project), address()];
  await invite(owner, victim);
  await Promise.all(Array.from({ length: 30 }, () => invite(owner, victim)));
  expect((await invite(await newOwner(project), victim)).status).toBe(201);
});
