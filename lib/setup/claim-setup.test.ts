import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { serverSetup } from '@/db/schema';
import { claim, freshServer, leftByStubMode, plainConfig, startedWithCode, stub } from '@/e2e/support/fresh-server';
import { type ScriptedProvider, startScriptedProvider } from '@/e2e/support/scripted-oidc-provider';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { callAs, newPerson } from '@/e2e/support/test-people';
import { setConfig, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { logger, safeLine } from '@/lib/log';
import { mintPageToken } from '@/lib/oidc/page-token';
import { orgAnswer } from '@/lib/orgs/present-org';
import { isSetupOpen } from './is-setup-open';
import { makeSetupCode, openSetup } from './open-setup';
import { settleSetup } from './settle-setup';

let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(freshServer);
beforeEach(() => plainConfig(project));

const setupRow = async () => (await db().select().from(serverSetup))[0];

test('whoever enters the code from the log founds the first org and owns it, under the policies nobody has touched', async () => {
  const code = await startedWithCode();
  const ada = newPerson(project);
  expect(await isSetupOpen()).toBe(true);
  const { status, body } = await claim(ada, code.toLowerCase().replaceAll('-', ' '));
  expect([status, orgAnswer.parse(body)]).toMatchObject([
    201,
    { slug: 'acme', name: 'Acme', role: 'owner', owner_user_id: ada.userId },
  ]);
  expect(body).toEqual(orgAnswer.parse(body));
  expect((await ada.call('GET', '/v1/me')).body.current_org).toMatchObject({ id: body.id, role: 'owner' });
  expect(await isSetupOpen()).toBe(false);
  const events = await db().execute<{ action: string; actor: string }>(
    sql`select payload->>'action' as action, payload->>'actor_id' as actor from audit_outbox order by id`,
  );
  expect([...events]).toEqual(['org.created', 'org.owner_named'].map((action) => ({ action, actor: ada.userId })));
  expect((await ada.call('POST', `/v1/orgs/${body.id}/invites`, { email: 'grace@example.com' })).status).toBe(201);
});

test('the log tells the code, the database keeps a digest of it, and each start ends the code before it', async () => {
  const warn = vi.spyOn(logger(), 'warn');
  const first = await startedWithCode();
  expect(warn).toHaveBeenCalledWith(
    { event: 'setup_open' },
    expect.stringContaining(`http://localhost:3000/setup and enter the setup code ${first} `),
  );
  const told = warn.mock.calls.find(([fields]) => JSON.stringify(fields) === '{"event":"setup_open"}');
  expect(safeLine(String(told?.[1]))).toContain(first);
  warn.mockRestore();
  expect(first).toMatch(/^([A-HJ-KM-NP-TV-Z2-9]{4}-){3}[A-HJ-KM-NP-TV-Z2-9]{4}$/);
  expect(JSON.stringify(await setupRow())).not.toContain(first);
  const second = await startedWithCode();
  expect(second).not.toBe(first);
  const ada = newPerson(project);
  expect(await claim(ada, first)).toMatchObject({ status: 403, body: { code: 'setup_code_invalid' } });
  expect((await claim(ada, second)).status).toBe(201);
});

describe('what is refused changes nothing:', () => {
  test.each([
    ['a wrong code', {}, 'AAAA-AAAA-AAAA-AAAA', 'setup_code_invalid'],
    ['an address that is not proven', { confirmed: false }, '', 'email_not_verified'],
    ['an anonymous user', { claims: { is_anonymous: true } }, '', 'anonymous_not_allowed'],
    [
      'a sign-in without its second factor',
      { account: { factors: [{ id: 'f', factor_type: 'totp', status: 'verified' }] } },
      '',
      'insufficient_aal',
    ],
  ])('%s', async (_, account, wrong, refusal) => {
    const code = await startedWithCode();
    const before = [await tableChecksum(), await setupRow()];
    const { status, body } = await claim(newPerson(project, account), wrong || code);
    expect([status, body.code]).toEqual([403, refusal]);
    expect([await tableChecksum(), await setupRow()]).toEqual(before);
    expect(await isSetupOpen()).toBe(true);
  });

  test('a code while none was ever printed', async () => {
    await settleSetup();
    expect((await claim(newPerson(project), 'ANY')).body.code).toBe('setup_code_invalid');
  });

  test('stub mode', async () => {
    await leftByStubMode(project);
    setConfig({ PANDASTACK_AUTH_MODE: 'stub' });
    const { status, body } = await stub('POST', '/v1/setup', { code: 'ANY', name: 'Acme' });
    expect([status, body.code]).toEqual([410, 'setup_closed']);
  });

  test('N25 more than twenty tries of one person in an hour, right or wrong', async () => {
    const code = await startedWithCode();
    const mallory = newPerson(project);
    for (let n = 0; n < 20; n++) expect((await claim(mallory, `WRONG${n}`)).status).toBe(403);
    expect(await claim(mallory, code)).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect((await claim(newPerson(project), code)).status).toBe(201);
  });
});

test('of many who enter the code at once exactly one becomes the owner, of one org', async () => {
  const code = await startedWithCode();
  const people = Array.from({ length: 12 }, () => newPerson(project));
  const answers = await Promise.all(people.map((person, n) => claim(person, code, `Org ${n}`)));
  const told = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).sort();
  expect(told).toEqual(['201 ', ...Array(11).fill('410 setup_closed')]);
  const [count] = await db().execute<{ orgs: number; owners: number }>(
    sql`select (select count(*)::int from orgs) as orgs, (select count(*)::int from org_members) as owners`,
  );
  expect(count).toEqual({ orgs: 1, owners: 1 });
});

test('once closed the setup stays closed: after a restart, and when the first org and its owner are gone', async () => {
  const code = await startedWithCode();
  const ada = newPerson(project);
  const org = (await claim(ada, code)).body;
  expect((await ada.call('DELETE', `/v1/orgs/${org.id}`, { confirm: org.slug })).status).toBe(204);
  expect(await startedWithCode()).toBe('');
  expect(await makeSetupCode()).toBeUndefined();
  expect(await isSetupOpen()).toBe(false);
  expect((await claim(newPerson(project), code)).body.code).toBe('setup_closed');
});

test('who founds an org as the policies allow closes the setup too, and gets nothing that stub mode left', async () => {
  const left = await leftByStubMode(project);
  plainConfig(project, { PANDASTACK_ORG_CREATION: 'anyone', PANDASTACK_SIGNUP: 'open' });
  const code = await startedWithCode();
  const stranger = newPerson(project);
  expect((await stranger.call('POST', '/v1/orgs', { name: 'Mine' })).status).toBe(201);
  expect((await claim(newPerson(project), code)).body.code).toBe('setup_closed');
  await settleSetup();
  expect((await stranger.call('GET', '/v1/orgs')).body).toHaveLength(1);
  expect((await callAs(left)('GET', '/v1/me')).body.code).toBe('local_token_refused');
});

test('on a server that had owners before it knew of a setup none is open, and nobody is handed anything', async () => {
  await leftByStubMode(project);
  await db().execute(sql`update server_setup set opened_at = null`);
  await db().execute(sql`with o as (insert into orgs (slug, name, owner_user_id) values ('old', 'Old', 'u1') returning id)
    insert into org_members (org_id, user_id, role) select id, 'u1', 'owner' from o`);
  expect(await startedWithCode()).toBe('');
  expect(await setupRow()).toMatchObject({ closedWay: 'earlier' });
  const [stub] = await db().execute<{ n: number }>(
    sql`select count(*)::int as n from org_members where user_id = '00000000-0000-0000-0000-000000000001'`,
  );
  expect(stub?.n).toBe(1);
});

test('a server that prints a code learns that its own has been replaced or is no longer needed', async () => {
  const end = await openSetup();
  const mine = await setupRow();
  await makeSetupCode();
  expect((await settleSetup()).codeHash).not.toBe(mine?.codeHash);
  end();
});

describe('behind another provider (oidc mode)', () => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider();
  });
  afterAll(() => provider.close());

  test('the first owner is made the same way', async () => {
    setConfig(provider.env({ PANDASTACK_ORG_CREATION: 'owners', PANDASTACK_SIGNUP: 'invite_only' }));
    provider.answer(({ path }) =>
      path === '/userinfo' ? { status: 200, body: { sub: 'ada', email: 'ada@example.com', email_verified: true } } : undefined,
    );
    const now = Math.floor(Date.now() / 1000);
    const times = { issuedAt: now, expiresAt: now + 3600, endsAt: now + 86_400 };
    const { accessToken } = await mintPageToken({
      ...{ userId: `${provider.issuer}|ada`, email: 'ada@example.com', emailVerified: true, name: '', aal: 'aal1' },
      ...{ sessionId: 's1', accessToken: 'at', refreshToken: 'rt', idToken: null, ...times },
    });
    const code = await startedWithCode();
    const { status, body } = await callAs(accessToken)('POST', '/v1/setup', { code, name: 'Acme' });
    expect([status, body.owner_user_id]).toEqual([201, `${provider.issuer}|ada`]);
  });
});
